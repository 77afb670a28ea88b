//! What an agent wants to know at a glance, told from a transcript. Figures and kinds, no sentences: the console says it in
//! the agent's language.

mod urgency;

pub use urgency::Urgency;

use crate::{
    Cause, Transcript,
    transcript::{Page, Reason, Said, Shown, Vote},
};

/// A hand-off at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// The last question; the message where nothing was asked.
    pub question: String,
    /// All questions, oldest first.
    pub questions: Vec<String>,
    /// Why it was handed off.
    pub cause: Cause,
    /// Why the engine decided as it did on the last question; `None` where it did not.
    pub reason: Option<Reason>,
    /// How sure the engine was of the last question's first hit.
    pub sureness: Sureness,
    /// The same as a probability; `None` where nothing was found or looked up.
    pub confidence: Option<f64>,
    /// Whether the matter cannot wait, and what tells so.
    pub urgent: Option<Urgency>,
    /// Articles that the visitor has seen, in the order in which he saw them first. One article stands once.
    pub articles: Vec<Seen>,
    /// Articles that may help all the same: shown and not rejected, by falling confidence.
    pub suggested: Vec<Seen>,
    /// BCP 47 tag of the language that the bubble spoke.
    pub lang: String,
    /// The page on which the visitor asked for a person.
    pub page: Page,
    /// How many entries the visitor struck out before sending.
    pub struck: u32,
}

/// An article that the visitor has seen. Of several times the last is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Its slug.
    pub article: String,
    /// Anchor of the section; empty for the top.
    pub section: String,
    /// Its title; empty where it was only opened.
    pub title: String,
    /// Address relative to the help centre; empty where it was only opened.
    pub url: String,
    /// Version; empty where unknown.
    pub version: String,
    /// Probability, 0 to 1, that it answers the question that it was shown for; `None` where it was only opened.
    pub confidence: Option<f64>,
    /// The same in words.
    pub sureness: Sureness,
    /// Whether its passage was shown as the answer, and not only its title in a list.
    pub answered: bool,
    /// Whether the visitor picked it from a list.
    pub chosen: bool,
    /// Whether the visitor opened it.
    pub read: bool,
    /// What the visitor said of it.
    pub vote: Option<Vote>,
}

/// A confidence in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Nothing was found.
    None,
    /// Below 0.5: more often wrong than right.
    Unsure,
    /// From 0.5: more often right than wrong.
    Likely,
    /// From 0.8: right four times in five, or more often.
    Sure,
}

impl Sureness {
    /// Least confidence of [`Sureness::Sure`].
    pub const SURE: f64 = 0.8;
    /// Least confidence of [`Sureness::Likely`].
    pub const LIKELY: f64 = 0.5;

    /// A calibrated probability in words. 0 is what the engine says where nothing was found.
    pub fn of(confidence: f64) -> Self {
        if confidence >= Self::SURE {
            Self::Sure
        } else if confidence >= Self::LIKELY {
            Self::Likely
        } else if confidence > 0.0 {
            Self::Unsure
        } else {
            Self::None
        }
    }
}

impl Seen {
    /// Whether the visitor said that it did not help.
    pub fn is_rejected(&self) -> bool {
        self.vote == Some(Vote::NotHelped)
    }

    fn new(article: &str, section: &str) -> Self {
        Self {
            article: article.to_owned(),
            section: section.to_owned(),
            title: String::new(),
            url: String::new(),
            version: String::new(),
            confidence: None,
            sureness: Sureness::None,
            answered: false,
            chosen: false,
            read: false,
            vote: None,
        }
    }
}

impl Brief {
    /// The brief of a transcript and the message that was sent with it.
    pub fn of(transcript: &Transcript, message: &str) -> Self {
        let entries = || transcript.entries.iter().map(|entry| &entry.said);
        let questions: Vec<String> = entries()
            .filter_map(|said| match said {
                Said::Question { text } => Some(text.clone()),
                _ => None,
            })
            .collect();
        // What was said to the last question: nothing of an earlier one.
        let last =
            entries().rev().take_while(|said| !matches!(said, Said::Question { .. })).find_map(|said| match said {
                Said::Reply { reason, confidence, shown, .. } => {
                    Some((*reason, (*confidence > 0.0 || !shown.is_empty()).then_some(*confidence)))
                }
                _ => None,
            });
        let confidence = last.and_then(|(_, confidence)| confidence);
        let articles = seen(entries());
        let mut suggested: Vec<Seen> =
            articles.iter().filter(|seen| seen.confidence.is_some() && !seen.is_rejected()).cloned().collect();
        // Stable: of equal ones the first seen comes first.
        suggested
            .sort_by(|one, other| f64::total_cmp(&other.confidence.unwrap_or(0.0), &one.confidence.unwrap_or(0.0)));
        Self {
            question: questions.last().map_or_else(|| message.to_owned(), Clone::clone),
            questions,
            cause: transcript.cause,
            reason: last.map(|(reason, _)| reason),
            sureness: Sureness::of(confidence.unwrap_or(0.0)),
            confidence,
            urgent: urgency::of(transcript, message),
            articles,
            suggested,
            lang: transcript.lang.clone(),
            page: transcript.page.clone(),
            struck: transcript.struck,
        }
    }
}

/// The articles of these entries, each once.
fn seen<'t>(entries: impl Iterator<Item = &'t Said>) -> Vec<Seen> {
    let mut articles = Vec::new();
    for said in entries {
        match said {
            Said::Reply { decision, shown, vote, .. } => {
                for (at, shown) in shown.iter().enumerate() {
                    // Of an answer the first is the answer, and the vote is on it.
                    let answer = at == 0 && *decision == crate::transcript::Decision::Answer;
                    let seen = show(&mut articles, shown);
                    seen.answered |= answer;
                    if answer {
                        seen.vote = vote.or(seen.vote);
                    }
                }
            }
            Said::Chosen { shown, vote } => {
                let seen = show(&mut articles, shown);
                seen.chosen = true;
                seen.vote = vote.or(seen.vote);
            }
            Said::Read { article, section } => find(&mut articles, article, section).read = true,
            Said::Question { .. } | Said::Unavailable {} => {}
        }
    }
    articles
}

fn show<'a>(articles: &'a mut Vec<Seen>, shown: &Shown) -> &'a mut Seen {
    let seen = find(articles, &shown.article, &shown.section);
    seen.section.clone_from(&shown.section);
    seen.title.clone_from(&shown.title);
    seen.url.clone_from(&shown.url);
    seen.version.clone_from(&shown.version);
    seen.confidence = Some(shown.confidence);
    seen.sureness = Sureness::of(shown.confidence);
    seen
}

fn find<'a>(articles: &'a mut Vec<Seen>, article: &str, section: &str) -> &'a mut Seen {
    let at = articles.iter().position(|seen| seen.article == article).unwrap_or_else(|| {
        articles.push(Seen::new(article, section));
        articles.len() - 1
    });
    &mut articles[at]
}

#[cfg(test)]
mod tests;
