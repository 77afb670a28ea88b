//! What the page and the search worker say to each other: one [`Request`], one [`Response`] with the same `id`.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Article, Library, Question, Reply};

/// A numbered request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Chosen by the asker; comes back in the response.
    pub id: u32,
    /// What is asked for.
    pub call: Call,
}

/// What can be asked of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Call {
    /// Opens the bundle at this absolute address (ends with `/`), in the wished language if the bundle has it.
    Open {
        /// Absolute address of the bundle.
        kb: String,
        /// BCP 47 tag of the page.
        lang: Option<String>,
    },
    /// Answers a question. The bundle must have been opened.
    Ask(Question),
    /// Fetches an article by its slug.
    Article(String),
    /// Fetches what a question will need that begins with these words.
    Prepare(String),
    /// Lists all articles: opening lists the first ones of a large help centre only.
    List,
    /// Tells what a question may be about that begins with these words: an answer without passages.
    Suggest(String),
}

/// A numbered response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The request's `id`.
    pub id: u32,
    /// What came of it.
    pub outcome: Result<Return, Failure>,
}

/// What the worker gives back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Return {
    /// To [`Call::Open`] and [`Call::List`].
    Opened(Library),
    /// To [`Call::Ask`], with the milliseconds the engine took, and to [`Call::Suggest`].
    Answered(Reply, f64),
    /// To [`Call::Article`].
    Article(Article),
    /// To [`Call::Prepare`], and to [`Call::Suggest`] where there is nothing to suggest.
    Prepared,
}

/// Why a call failed, in kinds that a visitor's interface can act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind.
    pub kind: FailureKind,
    /// For logs: what happened and where. Never holds the question.
    pub detail: String,
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// A file could not be fetched: offline, blocked or missing.
    Unreachable,
    /// A file is not what the manifest says, or not understood.
    Damaged,
    /// There is no such article.
    NotFound,
    /// The call came out of order or could not be read.
    Misused,
}

/// A message could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Malformed;

impl core::fmt::Display for Malformed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("message is not of this version's form: reload the page so that both sides are of one version")
    }
}

impl core::error::Error for Malformed {}

/// Encodes a message.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // postcard fails only for lengths unknown beforehand, which none of these types has.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Decodes a message.
///
/// # Errors
/// [`Malformed`] where the bytes are no message of this version.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    postcard::from_bytes(bytes).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Decision, Hit, Reason, Snippet};

    fn text() -> impl Strategy<Value = String> {
        "[a-z가-힣 \u{0}\u{10ffff}]{0,12}"
    }

    prop_compose! {
        fn hit()(article in text(), section in text(), title in text(), url in text(), version in "[0-9a-f]{8}",
                 confidence in 0.0..=1.0_f64, shown in text(),
                 ranges in proptest::collection::vec(any::<[u32; 2]>(), 0..3)) -> Hit {
            Hit { article, section, title, url, version, confidence, snippet: Snippet { text: shown, ranges } }
        }
    }

    fn call() -> impl Strategy<Value = Call> {
        prop_oneof![
            (text(), proptest::option::of(text())).prop_map(|(kb, lang)| Call::Open { kb, lang }),
            (text(), proptest::option::of(text()), any::<u32>()).prop_map(|(text, lang, limit)| Call::Ask(Question {
                text,
                lang,
                limit
            })),
            text().prop_map(Call::Article),
            text().prop_map(Call::Prepare),
            text().prop_map(Call::Suggest),
            Just(Call::List),
        ]
    }

    fn outcome() -> impl Strategy<Value = Result<Return, Failure>> {
        let reply = (text(), text(), 0.0..=1.0_f64, proptest::collection::vec(hit(), 0..4)).prop_map(
            |(question, lang, confidence, hits)| Reply {
                question,
                lang,
                decision: Decision::Choose,
                reason: Reason::Tie,
                confidence,
                hits,
            },
        );
        prop_oneof![
            (reply, any::<f64>().prop_filter("equal to itself", |n| !n.is_nan()))
                .prop_map(|(reply, milliseconds)| Ok(Return::Answered(reply, milliseconds))),
            text().prop_map(|name| Ok(Return::Opened(Library { name, ..Library::default() }))),
            text().prop_map(|detail| Err(Failure { kind: FailureKind::Damaged, detail })),
        ]
    }

    proptest! {
        #[test]
        fn what_was_said_is_heard(id in any::<u32>(), call in call(), outcome in outcome()) {
            let request = Request { id, call };
            prop_assert_eq!(decode::<Request>(&encode(&request)), Ok(request));
            let response = Response { id, outcome };
            prop_assert_eq!(decode::<Response>(&encode(&response)), Ok(response));
        }

        #[test]
        fn noise_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = decode::<Request>(&bytes);
            let _ = decode::<Response>(&bytes);
        }
    }

    #[test]
    fn json_has_the_names_that_others_rely_on() {
        let snippet = Snippet { text: "Open settings.".into(), ranges: vec![[5, 13]] };
        let hit = Hit {
            article: "reset".into(),
            section: "how".into(),
            title: "Reset".into(),
            url: "reset/".into(),
            version: "0a1b2c3d".into(),
            confidence: 0.5,
            snippet,
        };
        let reply = Reply {
            question: "q".into(),
            lang: "en".into(),
            decision: Decision::HandOff,
            reason: Reason::AskedForPerson,
            confidence: 0.5,
            hits: vec![hit],
        };
        assert_eq!(
            serde_json::to_string(&reply).unwrap(),
            r#"{"question":"q","lang":"en","decision":"hand_off","reason":"asked_for_person","confidence":0.5,"hits":[{"article":"reset","section":"how","title":"Reset","url":"reset/","version":"0a1b2c3d","confidence":0.5,"snippet":{"text":"Open settings.","ranges":[[5,13]]}}]}"#
        );
    }
}
