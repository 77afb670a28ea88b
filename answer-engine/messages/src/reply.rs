use serde::{Deserialize, Serialize};

use crate::Library;

/// What the engine says to a question: a decision, how sure it is, and the hits whatever the decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The question as it was asked.
    pub question: String,
    /// Language of the index that was searched.
    pub lang: String,
    /// What to do.
    pub decision: Decision,
    /// Why.
    pub reason: Reason,
    /// Calibrated probability (0 to 1) that the first hit answers the question; 0 without hits.
    pub confidence: f64,
    /// At most one per article, by falling confidence, ties by slug.
    pub hits: Vec<Hit>,
}

impl Reply {
    /// Whether it is to be said that what this reply shows is there in its language alone: it is not in the language that
    /// is `spoken`, `library`, which is what the visitor browses, has no translation of it, and the letters of the
    /// question do not tell that he reads it.
    pub fn is_only_elsewhere(&self, spoken: &str, library: &Library) -> bool {
        // The language subtags; bytes, because all of this is in what visitors download.
        let primary = |tag: &str| -> u32 {
            let letters = tag.bytes().take_while(u8::is_ascii_alphabetic);
            letters.fold(0, |code, letter| code << 8 | u32::from(letter.to_ascii_lowercase()))
        };
        let shown = self.hits.first().filter(|_| self.decision != Decision::HandOff);
        shown.is_some_and(|hit| {
            primary(spoken) != primary(&self.lang)
                && !(is_foreign(&self.question) && is_foreign(&hit.title))
                && (library.lang == self.lang || library.lacks(&hit.article, &self.lang))
        })
    }
}

/// Whether a text has letters of a script other than Latin: from U+0380 on, without the symbols from U+2000 to U+2FFF. The
/// first byte of a character tells.
fn is_foreign(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, 0xce..=0xe1 | 0xe3..=0xed))
}

/// What to do with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Show the first hit as the answer.
    Answer,
    /// Show the close candidates; the visitor picks.
    Choose,
    /// Say that nothing sure was found and offer a person.
    HandOff,
}

/// Why the engine decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The first hit is sure enough.
    Confident,
    /// Several hits are close to each other.
    Tie,
    /// Something was found, but nothing sure.
    LowConfidence,
    /// No word of the question is in any article.
    NoMatch,
    /// The visitor asks for a person.
    AskedForPerson,
    /// The matter cannot wait.
    Urgent,
}

/// One article that may answer, by its best section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Slug of the article.
    pub article: String,
    /// Anchor of the section; empty for what stands before the first heading.
    pub section: String,
    /// Title of the article.
    pub title: String,
    /// Address of the article relative to `site_url`.
    pub url: String,
    /// Version of the article: the first eight hexadecimal digits of the SHA-256 of its content.
    pub version: String,
    /// Calibrated probability (0 to 1) that this hit answers the question.
    pub confidence: f64,
    /// The passage that answers, in the article's own words.
    pub snippet: Snippet,
}

/// A passage with the places where it shares words with the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The passage; paragraphs are separated by a line feed.
    pub text: String,
    /// Half-open ranges `[start, end)` into `text`, counted in Unicode scalar values, rising, not overlapping.
    pub ranges: Vec<[u32; 2]>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Listing;

    #[test]
    fn what_is_there_in_one_language_alone() {
        let library = |lang: &str, slugs: &[&str]| Library {
            lang: lang.into(),
            articles: slugs.iter().map(|slug| Listing { slug: (*slug).into(), ..Listing::default() }).collect(),
            ..Library::default()
        };
        let (en, ko, none) = (library("en", &["en/a"]), library("ko", &["ko/b"]), library("en", &[]));
        let check =
            |question: &str, (lang, article, title): (&str, &str, &str), spoken, library: &Library, expected| {
                let hit = Hit {
                    article: article.into(),
                    section: String::new(),
                    title: title.into(),
                    url: String::new(),
                    version: String::new(),
                    confidence: 0.5,
                    snippet: Snippet::default(),
                };
                let mut reply = Reply {
                    question: question.into(),
                    lang: lang.into(),
                    decision: Decision::Choose,
                    reason: Reason::Tie,
                    confidence: 0.5,
                    hits: vec![hit],
                };
                assert_eq!(reply.is_only_elsewhere(spoken, library), expected, "{question} {lang} {spoken}");
                reply.decision = Decision::HandOff;
                assert!(!reply.is_only_elsewhere(spoken, library));
            };
        let (a_en, b_en, a_ko) = (("en", "en/a", "A’s"), ("en", "en/b", "B"), ("ko", "ko/a", "가"));
        check("a", a_en, "en-GB", &en, false);
        check("SSL 인증서", a_en, "ko", &ko, true);
        check("SSL", a_en, "ko", &ko, true);
        check("SSL", b_en, "ko-KR", &ko, false);
        // No index of the visitor's language at all.
        check("가", a_en, "ko", &en, true);
        check("où", a_en, "fr", &en, true);
        check("SSL", a_ko, "en", &none, true);
        check("SSL", a_ko, "en", &en, false);
        // Who asks in Korean reads it.
        check("가", a_ko, "en", &none, false);
    }
}
