//! The conversation over pages and reloads: kept in local storage, entry by entry for 24 hours.

use serde::{Deserialize, Serialize};

use crate::state::{Item, State, View};

/// How long an entry is kept, in milliseconds.
const KEPT_MS: f64 = 24.0 * 60.0 * 60.0 * 1000.0;
/// Entries kept at most: enough to look back, little enough for any quota.
const KEPT_ITEMS: usize = 100;
/// Version of the form. Another version is not read.
const VERSION: u32 = 1;

/// What is kept, as it comes back.
#[derive(Debug, Deserialize)]
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

/// What is kept, as it goes away.
#[derive(Serialize)]
pub(crate) struct Kept<'s> {
    version: u32,
    items: &'s [Item],
    trail: &'s [View],
    spoken: &'s Option<(String, String)>,
}

impl<'s> Kept<'s> {
    /// What of a state is kept; nothing where there is nothing.
    pub(crate) fn of(state: &'s State) -> Option<Self> {
        let State { items, trail, spoken, .. } = state;
        let items = items.get(items.len().saturating_sub(KEPT_ITEMS)..).unwrap_or_default();
        let empty = items.is_empty() && trail.is_empty() && spoken.is_none();
        (!empty).then_some(Self { version: VERSION, items, trail, spoken })
    }
}

impl History {
    /// What of it is still to be shown at this time; nothing where it is of another version.
    pub(crate) fn fresh(mut self, now: f64) -> Option<Self> {
        // A clock that was set back must not keep entries for ever.
        self.items.retain(|item| (now - item.at).abs() < KEPT_MS);
        (self.version == VERSION).then_some(self)
    }
}

/// Key under which the history with the bundle at this address is kept. Two help centres of one site do not mix.
pub(crate) fn key(kb: &str) -> String {
    // Behind the two slashes of the scheme; splitting by a character keeps the search for strings out.
    let host = kb.splitn(3, '/').nth(2).unwrap_or_default();
    let path = host.find('/').and_then(|at| host.get(at..)).unwrap_or("/");
    ["porchlight.history", path].concat()
}

#[cfg(test)]
mod tests {
    use answer_messages::wire::{decode, encode};

    use super::{History, KEPT_MS, Kept, key};
    use crate::state::{Action, Place, State};

    fn reload(state: &State) -> Option<History> {
        Kept::of(state).map(|kept| decode(&encode(&kept)).unwrap())
    }

    fn history(times: &[f64]) -> History {
        let mut state = State::default();
        for at in times {
            state.apply(Action::Ask(format!("at {at}"), *at));
        }
        reload(&state).unwrap()
    }

    #[test]
    fn survives_the_codec() {
        let mut state = State::default();
        assert_eq!(reload(&state), None);
        state.apply(Action::Ask("비밀번호를 잊었어요".into(), 1.0));
        state.apply(Action::Read(Place::new("en/reset", "forgot")));
        let history = reload(&state).unwrap().fresh(2.0).unwrap();
        assert_eq!((history.items, history.trail), (state.items, state.trail));
        assert!(decode::<History>(b"{}").is_err());
    }

    #[test]
    fn entries_live_a_day() {
        let now = 10.0 * KEPT_MS;
        let check = |times: &[f64]| history(times).fresh(now).unwrap().items.len();
        assert_eq!(check(&[now - KEPT_MS - 1.0, now - KEPT_MS + 1.0, now]), 2);
        assert_eq!(check(&[now - KEPT_MS - 1.0]), 0);
        assert_eq!(check(&[now + KEPT_MS + 1.0]), 0, "clock set back");
    }

    #[test]
    fn another_version_is_not_read() {
        let mut other = history(&[1.0]);
        other.version += 1;
        assert_eq!(other.fresh(2.0), None);
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
}
