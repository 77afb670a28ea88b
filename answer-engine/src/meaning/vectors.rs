use super::quantized::{DIMENSIONS, PACKED, unpack};

/// How near an article is to a question; cosines, 0 where there is nothing to compare.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Nearness {
    /// The nearest phrase.
    pub phrase: f64,
    /// The mean of all its phrases.
    pub center: f64,
    /// The nearest section.
    pub section: f64,
}

/// Vectors of phrases and sections, article by article.
#[derive(Clone, Debug)]
pub(super) struct Vectors {
    /// Per article, how many phrases and how many sections it has.
    counts: Vec<(usize, usize)>,
    numbers: Vec<[i8; DIMENSIONS]>,
    /// 1 / length of each.
    inverse: Vec<f32>,
    centers: Vec<[f32; DIMENSIONS]>,
}

impl Vectors {
    /// `None` where the numbers of vectors do not agree.
    pub(super) fn new(phrases: &[u16], sections: &[usize], packed: &[u8]) -> Option<Self> {
        let counts: Vec<(usize, usize)> =
            phrases.iter().zip(sections).map(|(phrases, sections)| (usize::from(*phrases), *sections)).collect();
        let all: usize = counts.iter().map(|(phrases, sections)| phrases + sections).sum();
        if phrases.len() != sections.len() || packed.len() != all * PACKED {
            return None;
        }
        let numbers: Vec<[i8; DIMENSIONS]> = packed.chunks_exact(PACKED).map(unpack).collect();
        let inverse: Vec<f32> = numbers
            .iter()
            .map(|numbers| {
                let square: i32 = numbers.iter().map(|value| i32::from(*value) * i32::from(*value)).sum();
                #[allow(clippy::cast_precision_loss, reason = "at most 64 x 49")]
                let length = libm::sqrtf(square as f32);
                if length > 0.0 { 1.0 / length } else { 0.0 }
            })
            .collect();
        let mut vectors = Self { counts, numbers, inverse, centers: Vec::new() };
        let mut at = 0;
        for (phrases, sections) in vectors.counts.clone() {
            vectors.centers.push(vectors.center(at..at + phrases));
            at += phrases + sections;
        }
        Some(vectors)
    }

    /// The middle of these vectors, at unit length.
    fn center(&self, of: impl Iterator<Item = usize>) -> [f32; DIMENSIONS] {
        let mut center = [0.0_f32; DIMENSIONS];
        for vector in of {
            for (sum, value) in center.iter_mut().zip(self.numbers[vector]) {
                *sum += self.inverse[vector] * f32::from(value);
            }
        }
        let length = libm::sqrtf(dot(&center, &center));
        if length > 0.0 { center.map(|value| value / length) } else { center }
    }

    /// How near each article is, one phrase of one of them left out if need be.
    pub(super) fn nearness(&self, question: &[f32; DIMENSIONS], without: Option<(u32, u32)>) -> Vec<Nearness> {
        let mut at = 0;
        let mut all = Vec::with_capacity(self.counts.len());
        for (article, ((phrases, sections), center)) in (0_u32..).zip(self.counts.iter().zip(&self.centers)) {
            let left_out = without.filter(|(of, _)| *of == article).map(|(_, phrase)| at + phrase as usize);
            let center = match left_out {
                Some(left_out) => self.center((at..at + phrases).filter(|vector| *vector != left_out)),
                None => *center,
            };
            let mut near = Nearness { center: f64::from(dot(question, &center)), ..Nearness::default() };
            for vector in (at..at + phrases).filter(|vector| Some(*vector) != left_out) {
                near.phrase = near.phrase.max(self.cosine(question, vector));
            }
            for vector in at + phrases..at + phrases + sections {
                near.section = near.section.max(self.cosine(question, vector));
            }
            near.center = near.center.max(0.0);
            at += phrases + sections;
            all.push(near);
        }
        all
    }

    fn cosine(&self, question: &[f32; DIMENSIONS], vector: usize) -> f64 {
        let numbers = &self.numbers[vector];
        let sum: f32 = question.iter().zip(numbers).map(|(a, b)| a * f32::from(*b)).sum();
        f64::from(sum * self.inverse[vector])
    }
}

fn dot(a: &[f32; DIMENSIONS], b: &[f32; DIMENSIONS]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
