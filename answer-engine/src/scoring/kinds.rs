use crate::{
    bundle::{Catalog, Unit},
    postings::Part,
};

/// How many documents of each kind there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    pub(super) phrases: u32,
    sections: u32,
    articles: u32,
    pub(super) phrases_of_article: Vec<u32>,
}

impl Kinds {
    /// Counts a catalog's units.
    pub fn of(catalog: &Catalog) -> Self {
        let mut kinds =
            Self { phrases: 0, sections: 0, articles: 0, phrases_of_article: vec![0; catalog.articles.len()] };
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

    pub(super) fn with(&self, part: Part) -> u32 {
        match part {
            Part::Phrase => self.phrases,
            Part::Title | Part::Questions => self.articles,
            Part::Headings | Part::Body => self.sections,
        }
    }
}
