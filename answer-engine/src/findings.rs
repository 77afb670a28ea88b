//! What an engine found for a question, before the articles' own words are at hand.
//!
//! An index tells which articles answer; what they say stands in the articles themselves, which a browser fetches only
//! then, a few kilobytes each. So an answer comes in two steps: [`Engine::find`], and, with the
//! [sections](crate::sections) of the articles that it names, [`Engine::show`].

use answer_messages::{Decision, Hit, Reason, Reply, Snippet};

use crate::{
    Engine,
    bundle::{Piece, Place, hex},
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
    pub fn place_of(&self, found: &Found) -> Option<(&Piece, Place)> {
        self.place_at(found.article)
    }

    /// The pack that a found article stands in, which an index in blocks knows before the place.
    pub fn pack_of(&self, found: &Found) -> Option<&Piece> {
        let entry = self.catalog().articles.get(found.article as usize)?;
        self.catalog().packs.get(entry.place.pack as usize)
    }

    /// Puts the articles' words to findings of this engine. `sections` gives those of a found article; where it cannot,
    /// the article's description stands for its passage, and its beginning for the section.
    pub fn show<S: AsRef<[Section]>>(
        &self,
        findings: &Findings,
        mut sections: impl FnMut(&Found) -> Option<S>,
    ) -> Reply {
        let hits = findings.found.iter().filter_map(|found| {
            let listing = self.listing_of(found.article)?;
            let (_, place) = self.place_at(found.article)?;
            let sections = sections(found);
            let section = sections.as_ref().and_then(|sections| with_text(sections.as_ref(), found.section as usize));
            let passage = section.filter(|section| says_anything(section));
            Some(Hit {
                article: listing.slug.clone(),
                section: section.map_or_else(String::new, |section| section.anchor.clone()),
                title: listing.title.clone(),
                url: listing.url.clone(),
                version: hex(&place.hash[..4]),
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

fn says_anything(section: &Section) -> bool {
    !section.text.trim().is_empty()
}

/// The section to show where the one at `at` is to be shown. One that is nothing but a heading says nothing: the next one
/// with text does.
fn with_text(sections: &[Section], at: usize) -> Option<&Section> {
    let (before, from) = sections.split_at_checked(at)?;
    from.iter().chain(before).find(|section| says_anything(section)).or_else(|| from.first())
}
