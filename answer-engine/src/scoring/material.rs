/// What an index's articles are made of. Constants are fitted for three kinds of it, and an index takes their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Material {
    /// How far the articles have sample questions: 0 where there are none, 1 from two an article on.
    pub samples: f64,
    /// How far the articles have a text: 0 where they are no more than their questions, 1 from a paragraph on.
    pub texts: f64,
}

/// Constants for each kind of material.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByMaterial<T> {
    /// Articles that are no more than their sample questions.
    pub samples: T,
    /// Articles with sample questions and a text.
    pub both: T,
    /// Articles without sample questions.
    pub texts: T,
}

impl<T> ByMaterial<T> {
    /// Makes other constants of them.
    pub fn map<U>(&self, made: impl Fn(&T) -> U) -> ByMaterial<U> {
        ByMaterial { samples: made(&self.samples), both: made(&self.both), texts: made(&self.texts) }
    }
}

impl Material {
    /// Mean of constants, `mixed` being the mean of two of them with a share of the second.
    pub fn of<T: Copy>(&self, constants: &ByMaterial<T>, mixed: impl Fn(&T, &T, f64) -> T) -> T {
        let sampled = mixed(&constants.samples, &constants.both, self.texts);
        mixed(&constants.texts, &sampled, self.samples)
    }

    /// The kind that this is nearest to.
    pub fn nearest<T: Copy>(&self, constants: &ByMaterial<T>) -> T {
        match (self.samples > 0.5, self.texts > 0.5) {
            (false, _) => constants.texts,
            (true, false) => constants.samples,
            (true, true) => constants.both,
        }
    }
}

/// An article of so many tokens, those of its headings and title among them, has no text to speak of.
const NO_TEXT: f64 = 10.0;
/// An article of so many has one.
const TEXT: f64 = 40.0;

/// How far articles of so many tokens on average have a text.
pub(super) fn texts(average_length: f64) -> f64 {
    ((average_length - NO_TEXT) / (TEXT - NO_TEXT)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_takes_the_mean_of_what_it_is_made_of() {
        let constants = ByMaterial { samples: 1.0, both: 2.0, texts: 4.0 };
        for (samples, average_length, mean, nearest) in
            [(1.0, 3.0, 1.0, 1.0), (1.0, 300.0, 2.0, 2.0), (0.0, 300.0, 4.0, 4.0), (0.5, 25.0, 2.75, 4.0)]
        {
            let material = Material { samples, texts: texts(average_length) };
            let found = material.of(&constants, |a, b, share| (1.0 - share) * a + share * b);
            assert!((found - mean).abs() < 1e-12, "{material:?}");
            assert!((material.nearest(&constants) - nearest).abs() < 1e-12, "{material:?}");
        }
    }
}
