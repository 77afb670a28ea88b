//! `[golden]`: what the questions of `golden.jsonl` must reach.

use super::{Item, Reader};
use crate::diagnostics::{Code, Position};

/// The floors, each where `kb.toml` states one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Golden {
    /// The file that states them.
    pub file: String,
    /// The smallest share of the answerable whose first hit is right.
    pub recall_at_1: Option<Bound>,
    /// The smallest share of the answerable with a right hit among the first three.
    pub recall_at_3: Option<Bound>,
    /// The largest share of the answered whose first hit is wrong.
    pub wrong_answers: Option<Bound>,
    /// The smallest share of the unanswerable that are handed off.
    pub unanswerable_handed_off: Option<Bound>,
}

/// A share and where it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The share.
    pub value: f64,
    /// Its place.
    pub at: Position,
}

const KEYS: &str = "recall_at_1, recall_at_3, wrong_answers, unanswerable_handed_off";

pub(super) fn read(reader: &mut Reader<'_>, item: &Item<'_>) -> Golden {
    let mut golden = Golden { file: reader.file.to_owned(), ..Golden::default() };
    for (key, at, item) in reader.table("golden", item, "[golden]") {
        let bound = match key {
            "recall_at_1" => &mut golden.recall_at_1,
            "recall_at_3" => &mut golden.recall_at_3,
            "wrong_answers" => &mut golden.wrong_answers,
            "unanswerable_handed_off" => &mut golden.unanswerable_handed_off,
            _ => {
                reader.complain(
                    Code::UnknownConfigKey,
                    at,
                    format!("the key `{key}` means nothing in `[golden]`"),
                    format!("Known keys: {KEYS}."),
                );
                continue;
            }
        };
        let at = reader.lines.position(at);
        *bound = reader.share(key, item).map(|value| Bound { value, at });
    }
    golden
}

impl Golden {
    /// The first that is stated.
    pub fn first(&self) -> Option<Bound> {
        let bounds = [self.recall_at_1, self.recall_at_3, self.wrong_answers, self.unanswerable_handed_off];
        bounds.into_iter().flatten().min_by_key(|bound| bound.at)
    }
}
