use super::quantized::{DIMENSIONS, PACKED, inverse_length, pair, unpack};

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
    packed: Vec<[u8; PACKED]>,
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
        let packed = packed.as_chunks::<PACKED>().0.to_vec();
        let inverse = packed.iter().map(|packed| inverse_length(&unpack(packed))).collect();
        let mut vectors = Self { counts, packed, inverse, centers: Vec::new() };
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
            for (sum, value) in center.iter_mut().zip(unpack(&self.packed[vector])) {
                *sum += self.inverse[vector] * f32::from(value);
            }
        }
        let length = libm::sqrtf(dot(&center, &center));
        if length > 0.0 { center.map(|value| value / length) } else { center }
    }

    /// How near each article is, one phrase of one of them left out if need be.
    pub(super) fn nearness(&self, question: &[f32; DIMENSIONS], without: Option<(u32, u32)>) -> Vec<Nearness> {
        let products = Products::of(question);
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
                near.phrase = near.phrase.max(self.cosine(&products, vector));
            }
            for vector in at + phrases..at + phrases + sections {
                near.section = near.section.max(self.cosine(&products, vector));
            }
            near.center = near.center.max(0.0);
            at += phrases + sections;
            all.push(near);
        }
        all
    }

    fn cosine(&self, products: &Products, vector: usize) -> f64 {
        f64::from(products.sum(&self.packed[vector]) * self.inverse[vector])
    }
}

/// What each byte of a packed vector, which holds two numbers, adds to the product with a question. To look that up is
/// faster than to multiply, tens of thousands of times a question.
struct Products(Vec<[f32; 256]>);

impl Products {
    fn of(question: &[f32; DIMENSIONS]) -> Self {
        let mut bytes = [[0_i8; 2]; 256];
        for (byte, numbers) in (0_u8..=255).zip(&mut bytes) {
            *numbers = pair(byte);
        }
        let row = |[a, b]: &[f32; 2]| bytes.map(|[first, second]| a * f32::from(first) + b * f32::from(second));
        Self(question.as_chunks::<2>().0.iter().map(row).collect())
    }

    fn sum(&self, packed: &[u8; PACKED]) -> f32 {
        // Sums that grow side by side: a single one would wait for itself at every step.
        let mut sums = [0.0_f32; LANES];
        for (rows, bytes) in self.0.as_chunks::<LANES>().0.iter().zip(packed.as_chunks::<LANES>().0) {
            for (sum, (row, byte)) in sums.iter_mut().zip(rows.iter().zip(bytes)) {
                *sum += row[usize::from(*byte)];
            }
        }
        sums.iter().sum()
    }
}

const LANES: usize = 4;

fn dot(a: &[f32; DIMENSIONS], b: &[f32; DIMENSIONS]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::pack;

    #[test]
    fn looked_up_products_are_those() {
        let vector = |step: f32| -> [f32; DIMENSIONS] { std::array::from_fn(|at| libm::sinf(at as f32 * step)) };
        for step in [0.3, 0.7, 1.9] {
            let (question, (packed, _)) = (vector(step * 1.3), pack(&vector(step)));
            let expected = dot(&question, &unpack(&packed).map(f32::from));
            let found = Products::of(&question).sum(&packed);
            assert!((found - expected).abs() < 1e-3, "{found} {expected}");
        }
    }
}
