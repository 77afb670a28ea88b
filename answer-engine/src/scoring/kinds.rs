use super::{
    material::{Material, texts},
    whole::{Lengths, lengths_by_article},
};
use crate::{
    bundle::{Catalog, Unit},
    postings::{Part, Postings, Removal},
};

/// How many documents of each kind there are, and how long the articles are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kinds {
    pub(super) phrases: u32,
    samples: u32,
    sections: u32,
    articles: u32,
    pub(super) phrases_of_article: Vec<u32>,
    pub(super) word_lengths: Lengths,
    pub(super) gram_lengths: Lengths,
}

impl Kinds {
    /// Counts a catalog's units.
    pub fn of(catalog: &Catalog, postings: &dyn Postings) -> Self {
        let mut kinds =
            Self { samples: catalog.samples, phrases_of_article: vec![0; catalog.articles.len()], ..Self::default() };
        [kinds.word_lengths, kinds.gram_lengths] = match &catalog.lengths {
            Some(lengths) => lengths.clone().map(Lengths::new),
            None => lengths_by_article(catalog, postings).map(Lengths::new),
        };
        for unit in &catalog.units {
            match unit {
                Unit::Phrase { article, .. } => {
                    kinds.phrases += 1;
                    if let Some(count) = kinds.phrases_of_article.get_mut(*article as usize) {
                        *count += 1;
                    }
                }
                Unit::Section { .. } => kinds.sections += 1,
                Unit::Article { .. } => kinds.articles += 1,
            }
        }
        kinds
    }

    /// The same without what is removed.
    pub(crate) fn without(&self, removal: &Removal) -> Self {
        let mut left = self.clone();
        if let Some(count) = left.phrases_of_article.get_mut(removal.article as usize) {
            let gone = if removal.phrase.is_some() { (*count).min(1) } else { *count };
            *count -= gone;
            left.phrases -= gone;
        }
        left
    }

    /// What the articles are made of.
    pub fn material(&self) -> Material {
        let samples = if self.articles == 0 { 0.0 } else { f64::from(self.samples) / f64::from(self.articles) / 2.0 };
        Material { samples: samples.min(1.0), texts: texts(self.word_lengths.average()) }
    }

    pub(super) fn with(&self, part: Part) -> u32 {
        match part {
            Part::Phrase => self.phrases,
            Part::Title | Part::Questions => self.articles,
            Part::Headings | Part::Body => self.sections,
        }
    }
}
