//! The conversation over pages and reloads: kept in local storage, entry by entry for 24 hours, or for as long as a
//! conversation with a person is open. The desk's chat reads the same bytes (`handoff::visit`).

use search_client::{
    form::{Form, put_all},
    record,
};

use crate::{
    state::{Item, State, View},
    text::joined,
};

/// How long an entry is kept, in milliseconds.
const KEPT_MS: f64 = 24.0 * 60.0 * 60.0 * 1000.0;
/// Entries kept at most: enough to look back, little enough for any quota.
const KEPT_ITEMS: usize = 100;
/// Version of the form. Another version is not read.
const VERSION: u32 = 2;

/// What is kept, as it comes back.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(crate) struct History {
    version: u32,
    /// The conversation, oldest first.
    pub(crate) items: Vec<Item>,
    /// What lies over the conversation.
    pub(crate) trail: Vec<View>,
    /// The language that was chosen, behind the language of the page.
    pub(crate) spoken: Option<(String, String)>,
}

record!(History { version, items, trail, spoken });

/// What of a state is kept, and handed to the desk's chat; nothing where there is nothing.
pub(crate) fn record(state: &State) -> Option<Vec<u8>> {
    let State { items, trail, spoken, .. } = state;
    let items = items.get(items.len().saturating_sub(KEPT_ITEMS)..).unwrap_or_default();
    let empty = items.is_empty() && trail.is_empty() && spoken.is_none();
    (!empty).then(|| {
        // As a `History` is written.
        let mut bytes = Vec::new();
        VERSION.write(&mut bytes);
        put_all(items, &mut bytes);
        put_all(trail, &mut bytes);
        spoken.write(&mut bytes);
        bytes
    })
}

impl History {
    /// What of it is still to be shown at this time; nothing where it is of another version. While the visitor is
    /// `talking` with a person all of it stays.
    pub(crate) fn fresh(mut self, now: f64, talking: bool) -> Option<Self> {
        // A clock that was set back must not keep entries for ever.
        self.items.retain(|item| talking || (now - item.at).abs() < KEPT_MS);
        (self.version == VERSION).then_some(self)
    }
}

/// Key under which the history with the bundle at this address is kept. Two help centres of one site do not mix.
pub(crate) fn key(kb: &str) -> String {
    // The first slash behind the two of the scheme.
    let mut slashes = kb.bytes().enumerate().filter(|(_, byte)| *byte == b'/');
    let path = slashes.nth(2).and_then(|(at, _)| kb.get(at..)).unwrap_or("/");
    joined(&["porchlight.history", path])
}

#[cfg(test)]
mod tests {
    use answer_messages::{Decision, Hit, Reason, Reply, Snippet, wire};
    use handoff::visit::{self, Visit};
    use search_client::form::decode;

    use super::{History, KEPT_MS, key, record};
    use crate::state::{Action, Item, Place, Said, State, View, Vote};

    fn reload(state: &State) -> Option<History> {
        record(state).map(|bytes| decode(&bytes).unwrap())
    }

    fn history(times: &[f64]) -> History {
        let mut state = State::default();
        for at in times {
            state.apply(Action::Ask(format!("at {at}")), *at);
        }
        reload(&state).unwrap()
    }

    #[test]
    fn survives_the_codec() {
        let mut state = State::default();
        assert_eq!(reload(&state), None);
        state.apply(Action::Ask("비밀번호를 잊었어요".into()), 1.0);
        state.apply(Action::Read(Place::new("en/reset", "forgot")), 2.0);
        let history = reload(&state).unwrap().fresh(2.0, false).unwrap();
        assert_eq!((history.items, history.trail), (state.items, state.trail));
        assert!(decode::<History>(b"{}").is_none());
    }

    #[test]
    fn entries_live_a_day() {
        let now = 10.0 * KEPT_MS;
        let check = |times: &[f64], talking| history(times).fresh(now, talking).unwrap().items.len();
        assert_eq!(check(&[now - KEPT_MS - 1.0, now - KEPT_MS + 1.0, now], false), 2);
        assert_eq!(check(&[now - KEPT_MS - 1.0], false), 0);
        assert_eq!(check(&[now + KEPT_MS + 1.0], false), 0, "clock set back");
        assert_eq!(check(&[now - KEPT_MS - 1.0, now], true), 2, "a conversation with a person is open");
    }

    #[test]
    fn another_version_is_not_read() {
        let mut other = history(&[1.0]);
        other.version += 1;
        assert_eq!(other.fresh(2.0, true), None);
    }

    #[test]
    fn only_the_latest_are_kept() {
        let times: Vec<f64> = (1..=130).map(f64::from).collect();
        let items = history(&times).items;
        assert_eq!((items.len(), items[0].id), (100, 31));
    }

    #[test]
    fn keys() {
        assert_eq!(key("https://a.example/kb/"), "porchlight.history/kb/");
        assert_eq!(key("https://a.example/"), "porchlight.history/");
        assert_eq!(key("https://a.example"), "porchlight.history/");
    }

    /// Every variant, every field with something in it.
    fn everything() -> State {
        const DECISIONS: [Decision; 3] = [Decision::Answer, Decision::Choose, Decision::HandOff];
        const REASONS: [Reason; 6] = [
            Reason::Confident,
            Reason::Tie,
            Reason::LowConfidence,
            Reason::NoMatch,
            Reason::AskedForPerson,
            Reason::Urgent,
        ];
        const VOTES: [Option<Vote>; 3] = [None, Some(Vote::Helped), Some(Vote::NotHelped)];
        let hit = |article: &str| Hit {
            article: article.into(),
            section: "section".into(),
            title: "제목".into(),
            url: "url/".into(),
            version: "0a1b2c3d".into(),
            confidence: 0.625,
            snippet: Snippet { text: "Passage.".into(), ranges: vec![[0, 7], [300, 70_000]] },
        };
        let place = || Place::new("article", "section");
        let mut said =
            vec![Said::Question("질문".into()), Said::Unavailable { question: 1 }, Said::Read { place: place() }];
        for (n, reason) in REASONS.into_iter().enumerate() {
            let reply = Reply {
                question: "질문".into(),
                lang: "ko".into(),
                decision: DECISIONS[n % 3],
                reason,
                confidence: 0.1,
                hits: vec![hit("a"), hit("b")],
            };
            said.push(Said::Reply { question: 1, reply, vote: VOTES[n % 3] });
            said.push(Said::Picked { reply: 4, hit: hit("b"), vote: VOTES[n % 3] });
        }
        let item = |(said, id): (Said, u32)| Item { id, at: 1.7e12 + f64::from(id), said };
        let items = said.into_iter().zip(1..).map(item).collect();
        let trail = vec![View::Browse, View::Article(place())];
        State::restored(items, trail, Some(("en".into(), "ko".into())))
    }

    #[test]
    fn the_chat_reads_the_same_bytes() {
        let state = everything();
        let bytes = record(&state).unwrap();
        let visit = Visit::decode(&bytes).unwrap();
        assert_eq!(wire::encode(&visit), bytes, "a field or a variant is of another form");
        // Names could be swapped without a change of form: the same things under the same names.
        assert_eq!(format!("{:?}", visit.items), format!("{:?}", state.items));
        assert_eq!(format!("{:?}", visit.trail), format!("{:?}", state.trail));
        assert_eq!(visit.spoken, state.spoken);
        assert_eq!(visit.version, visit::VERSION);
    }
}
