//! What was typed into reply boxes and not sent: kept for each conversation while the agent looks at another, reloads the
//! page or signs in anew; for this tab only, because it is no more than a thought.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use gloo::utils::window;
use web_sys::Storage;

/// What was typed. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    agent: String,
    /// What storage may deny.
    texts: BTreeMap<String, String>,
}

impl PartialEq for Typed {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl Typed {
    /// Whose texts these are. Another agent does not see them.
    pub(crate) fn belongs_to(&self, agent: &str) {
        let mut inner = self.inner.borrow_mut();
        if inner.agent != agent {
            *inner = Inner { agent: agent.to_owned(), texts: BTreeMap::new() };
        }
    }

    /// What was typed in a conversation.
    pub(crate) fn get(&self, conversation: &str) -> String {
        let inner = self.inner.borrow();
        let kept = || storage()?.get_item(&inner.key(conversation)).ok().flatten();
        inner.texts.get(conversation).cloned().or_else(kept).unwrap_or_default()
    }

    /// This stands in a conversation's box now.
    pub(crate) fn set(&self, conversation: &str, text: &str) {
        let mut inner = self.inner.borrow_mut();
        let key = inner.key(conversation);
        inner.texts.insert(conversation.to_owned(), text.to_owned());
        if let Some(storage) = storage() {
            // Denied or full: it stays in memory.
            let _ = if text.is_empty() { storage.remove_item(&key) } else { storage.set_item(&key, text) };
        }
    }

    /// Forgets all texts of this agent.
    pub(crate) fn forget(&self) {
        let mut inner = self.inner.borrow_mut();
        inner.texts.clear();
        let prefix = inner.key("");
        let Some(storage) = storage() else {
            return;
        };
        let keys: Vec<String> = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?).collect();
        for key in keys.iter().filter(|key| key.starts_with(&prefix)) {
            let _ = storage.remove_item(key);
        }
    }
}

impl Inner {
    fn key(&self, conversation: &str) -> String {
        format!("porchlight:console:typed:{}:{conversation}", self.agent)
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
