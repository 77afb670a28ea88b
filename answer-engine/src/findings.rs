//! What an engine found for a question, before the articles' own words are at hand.
//!
//! An index tells which articles answer; what they say stands in the articles themselves, which a browser fetches only
//! then, a few kilobytes each. So an answer comes in two steps: [`Engine::find`], and, with the
//! [sections](crate::sections) of the articles that it names, [`Engine::show`].

use answer_messages::{Decision, Hit, Reason, Reply, Snippet};

use crate::{
    Engine,
    bundle::{Pack, Place, hex},
    postings::Postings,
    scoring::Terms,
    sections::Section,
    snippet::snippet,
};

/// A reply without the articles' words.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The question as it was asked.
    pub question: String,
    /// Language of the index whose articles are named.
    pub lang: String,
    /// What to do.
    pub decision: Decision,
    /// Why.
    pub reason: Reason,
    /// Calibrated probability that the first article answers.
    pub confidence: f64,
    /// The articles, the surest first.
    pub found: Vec<Found>,
    /// The question in terms.
    pub terms: Terms,
}

/// An article that may answer, by its best section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Position in the catalog.
    pub article: u32,
    /// Section that is shown: a position in the article's sections.
    pub section: u32,
    /// Calibrated probability that it answers.
    pub confidence: f64,
}

impl<P: Postings> Engine<P> {
    /// Where a found article stands.
    pub fn place_of(&self, found: &Found) -> Option<(&Pack, &Place)> {
        let place = &self.catalog().articles.get(found.article as usize)?.place;
        Some((self.catalog().packs.get(place.pack as usize)?, place))
    }

    /// Puts the articles' words to findings of this engine. `sections` gives those of a found article; where it cannot,
    /// the article's description stands for its passage, and its beginning for the section.
    pub fn show<S: AsRef<[Section]>>(
        &self,
        findings: &Findings,
        mut sections: impl FnMut(&Found) -> Option<S>,
    ) -> Reply {
        let hits = findings.found.iter().filter_map(|found| {
            let entry = self.catalog().articles.get(found.article as usize)?;
            let listing = self.catalog().library.articles.get(entry.listing as usize)?;
            let sections = sections(found);
            let section = sections.as_ref().and_then(|sections| sections.as_ref().get(found.section as usize));
            let passage = section.filter(|section| !section.text.trim().is_empty());
            Some(Hit {
                article: listing.slug.clone(),
                section: section.map_or_else(String::new, |section| section.anchor.clone()),
                title: listing.title.clone(),
                url: listing.url.clone(),
                version: hex(&entry.place.hash[..4]),
                confidence: found.confidence,
                snippet: match passage {
                    Some(section) => snippet(&section.text, &findings.terms, self.analyzer()),
                    None => Snippet { text: listing.description.clone(), ranges: Vec::new() },
                },
            })
        });
        Reply {
            question: findings.question.clone(),
            lang: findings.lang.clone(),
            decision: findings.decision,
            reason: findings.reason,
            confidence: findings.confidence,
            hits: hits.collect(),
        }
    }
}
