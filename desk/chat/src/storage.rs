//! What the frame keeps in storage of the desk's origin. It may be denied, full or cleared at any time: whatever fails, the
//! chat goes on from memory and says so.
//!
//! Every key begins with `porchlight:{origin of the host site}:`, so that two sites with one desk do not mix.

use desk_connection::LocalOutbox;
use gloo::utils::window;
use handoff::api::Receipt;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use web_sys::Storage;

use crate::state::{KeptForm, KeptHandoff, Restored};

const CONVERSATION: &str = "conversation";
const SEEN: &str = "seen";
const HANDOFF: &str = "handoff:";
const DRAFT: &str = "draft:";
const FORM: &str = "form";
const TYPING: &str = "typing";

/// How far a conversation was shown.
#[derive(Serialize, Deserialize)]
struct Seen {
    conversation: String,
    seen: u64,
}

/// What another tab did.
#[derive(Debug)]
pub(crate) enum Change {
    /// It began a conversation, or forgot it.
    Conversation(Option<Receipt>),
    /// It has shown a conversation up to this event.
    Seen(String, u64),
}

/// The frame's part of the storage.
#[derive(Clone, Debug)]
pub(crate) struct Keep {
    prefix: String,
}

impl Keep {
    /// What is kept for a host site.
    pub(crate) fn of(origin: &str) -> Self {
        Self { prefix: format!("porchlight:{origin}:") }
    }

    fn key(&self, name: &str) -> String {
        [&self.prefix, name].concat()
    }

    /// All that was kept.
    pub(crate) fn restored(&self) -> Restored {
        let conversation: Option<Receipt> = load(local(), &self.key(CONVERSATION));
        let seen: Option<Seen> = load(local(), &self.key(SEEN));
        let seen = seen.filter(|seen| conversation.as_ref().is_some_and(|of| of.conversation == seen.conversation));
        Restored {
            handoff: self.handoff(),
            seen: seen.map(|seen| seen.seen).unwrap_or_default(),
            conversation,
            form: load(session(), &self.key(FORM)).unwrap_or_default(),
            typing: load(session(), &self.key(TYPING)).unwrap_or_default(),
            durable: save(local(), &self.key("probe"), &1) && remove(local(), &self.key("probe")),
        }
    }

    /// A hand-off that was kept. Each has a key of its own, so that two tabs do not overwrite each other's.
    fn handoff(&self) -> Option<KeptHandoff> {
        let (storage, prefix) = (local()?, self.key(HANDOFF));
        let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
        let name = names.filter(|name| name.starts_with(&prefix)).min()?;
        let key = name.get(prefix.len()..)?.to_owned();
        Some(KeptHandoff { key, body: storage.get_item(&name).ok()?? })
    }

    /// Keeps a hand-off. `false` where it lives only as long as the page.
    pub(crate) fn keep_handoff(&self, key: &str, body: &str) -> bool {
        let name = [&self.key(HANDOFF), key].concat();
        local().is_some_and(|storage| {
            storage.set_item(&name, body).is_ok() && storage.get_item(&name).ok().flatten().is_some()
        })
    }

    /// Forgets a hand-off.
    pub(crate) fn forget_handoff(&self, key: &str) {
        remove(local(), &[&self.key(HANDOFF), key].concat());
    }

    /// Keeps the token. `false` where it lives only as long as the page.
    pub(crate) fn keep_conversation(&self, receipt: &Receipt) -> bool {
        save(local(), &self.key(CONVERSATION), receipt)
    }

    /// Forgets the token and the drafts of its conversation.
    pub(crate) fn forget_conversation(&self, conversation: &str) {
        let kept: Option<Receipt> = load(local(), &self.key(CONVERSATION));
        // Another tab may have begun another.
        if kept.is_none_or(|kept| kept.conversation == conversation) {
            remove(local(), &self.key(CONVERSATION));
            remove(local(), &self.key(SEEN));
        }
        if let Some(storage) = local() {
            let prefix = self.draft_prefix(conversation);
            let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
            let drafts: Vec<String> = names.filter(|name| name.starts_with(&prefix)).collect();
            for draft in drafts {
                let _ = storage.remove_item(&draft);
            }
        }
    }

    fn draft_prefix(&self, conversation: &str) -> String {
        format!("{}{conversation}:", self.key(DRAFT))
    }

    /// Where messages of a conversation are until the desk has them.
    pub(crate) fn outbox(&self, conversation: &str) -> LocalOutbox {
        LocalOutbox::new(self.draft_prefix(conversation))
    }

    /// Keeps how far a conversation was shown.
    pub(crate) fn keep_seen(&self, conversation: String, seen: u64) {
        save(local(), &self.key(SEEN), &Seen { conversation, seen });
    }

    /// Keeps what is typed in the form, as long as the tab lives.
    pub(crate) fn keep_form(&self, form: Option<&KeptForm>) {
        match form {
            Some(form) if *form != KeptForm::default() => save(session(), &self.key(FORM), form),
            _ => remove(session(), &self.key(FORM)),
        };
    }

    /// Keeps what is typed in the box of the conversation, as long as the tab lives.
    pub(crate) fn keep_typing(&self, text: &str) {
        if text.is_empty() {
            remove(session(), &self.key(TYPING));
        } else {
            save(session(), &self.key(TYPING), &text);
        }
    }

    /// What another tab did, by the key and the new value that the browser tells.
    pub(crate) fn change(&self, key: &str, value: Option<&str>) -> Option<Change> {
        match key.strip_prefix(&self.prefix)? {
            CONVERSATION => match value {
                Some(value) => Some(Change::Conversation(Some(serde_json::from_str(value).ok()?))),
                None => Some(Change::Conversation(None)),
            },
            SEEN => {
                let Seen { conversation, seen } = serde_json::from_str(value?).ok()?;
                Some(Change::Seen(conversation, seen))
            }
            _ => None,
        }
    }
}

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn load<T: DeserializeOwned>(storage: Option<Storage>, key: &str) -> Option<T> {
    serde_json::from_str(&storage?.get_item(key).ok()??).ok()
}

fn save<T: Serialize>(storage: Option<Storage>, key: &str, value: &T) -> bool {
    let Ok(text) = serde_json::to_string(value) else {
        return false;
    };
    storage.is_some_and(|storage| storage.set_item(key, &text).is_ok())
}

fn remove(storage: Option<Storage>, key: &str) -> bool {
    storage.is_some_and(|storage| storage.remove_item(key).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{Change, Keep};

    #[test]
    fn changes_of_other_tabs() {
        let keep = Keep::of("https://a.example");
        let check = |key: &str, value: Option<&str>| match keep.change(key, value) {
            Some(Change::Conversation(Some(receipt))) => format!("conversation {}", receipt.conversation),
            Some(Change::Conversation(None)) => "forgotten".to_owned(),
            Some(Change::Seen(conversation, seen)) => format!("{conversation} seen to {seen}"),
            None => String::new(),
        };
        let receipt = r#"{"conversation":"c","receipt":"r","token":"t","position":null,"wait":"unknown"}"#;
        assert_eq!(check("porchlight:https://a.example:conversation", Some(receipt)), "conversation c");
        assert_eq!(check("porchlight:https://a.example:conversation", None), "forgotten");
        assert_eq!(check("porchlight:https://a.example:conversation", Some("{}")), "");
        assert_eq!(check("porchlight:https://b.example:conversation", None), "");
        assert_eq!(check("porchlight:https://a.example:seen", Some(r#"{"conversation":"c","seen":7}"#)), "c seen to 7");
        assert_eq!(check("porchlight:https://a.example:seen", None), "");
        assert_eq!(check("porchlight:https://a.example:draft:c:1:x", Some("text")), "");
    }
}
