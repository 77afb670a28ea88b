use desk_client::Draft;
use gloo::utils::window;
use web_sys::Storage;

use crate::{MemoryOutbox, Outbox};

/// Digits of the number in a key; enough for any number, so that keys sort as numbers do.
const DIGITS: usize = 16;

/// In local storage of the frame's origin: written before `keep` returns, so that a tab may be closed at any moment. (An
/// IndexedDB transaction may be lost with the tab between its request and its completion.)
///
/// Each draft has a key of its own, `{prefix}{number}:{id}`, so that two tabs never overwrite each other's. Where storage
/// is denied or full, drafts live in memory.
pub struct LocalOutbox {
    prefix: String,
    memory: MemoryOutbox,
}

impl LocalOutbox {
    /// The outbox whose keys start with `prefix`: one conversation of one host site, such as
    /// `porchlight:https://shop.example:draft:CONVERSATION:`. No prefix may be the beginning of another.
    pub fn new(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), memory: MemoryOutbox::default() }
    }

    /// Number, id and key of each draft, in order.
    fn keys(&self, storage: &Storage) -> Vec<(u64, String, String)> {
        let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
        let mut keys: Vec<_> = names
            .filter_map(|key| {
                let (number, id) = parse(&self.prefix, &key)?;
                Some((number, id.to_owned(), key))
            })
            .collect();
        keys.sort();
        keys
    }
}

impl Outbox for LocalOutbox {
    fn drafts(&self) -> Vec<Draft> {
        let stored = storage().map(|storage| {
            let keys = self.keys(&storage).into_iter();
            keys.filter_map(|(_, client_message_id, key)| {
                let text = storage.get_item(&key).ok().flatten()?;
                Some(Draft { client_message_id, text })
            })
            .collect()
        });
        let mut drafts: Vec<Draft> = stored.unwrap_or_default();
        drafts.extend(self.memory.drafts());
        drafts
    }

    fn keep(&self, draft: &Draft) -> bool {
        let id = &draft.client_message_id;
        let kept = storage().is_some_and(|storage| {
            let keys = self.keys(&storage);
            if keys.iter().any(|(_, known, _)| known == id) {
                return true;
            }
            let number = keys.last().map_or(1, |(last, ..)| last.saturating_add(1));
            let key = format(&self.prefix, number, id);
            // Read back: some browsers take what they do not keep.
            storage.set_item(&key, &draft.text).is_ok() && storage.get_item(&key).ok().flatten().is_some()
        });
        kept || self.memory.keep(draft)
    }

    fn forget(&self, client_message_id: &str) {
        self.memory.forget(client_message_id);
        if let Some(storage) = storage() {
            for (_, _, key) in self.keys(&storage).iter().filter(|(_, id, _)| id == client_message_id) {
                // Left there it would be sent once more, which the desk takes for what it is.
                let _ = storage.remove_item(key);
            }
        }
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn format(prefix: &str, number: u64, id: &str) -> String {
    format!("{prefix}{number:0DIGITS$x}:{id}")
}

/// The number and id in a key; nothing where it is another's.
fn parse<'k>(prefix: &str, key: &'k str) -> Option<(u64, &'k str)> {
    let (number, id) = key.strip_prefix(prefix)?.split_once(':')?;
    let plain = number.len() == DIGITS && number.bytes().all(|byte| byte.is_ascii_hexdigit());
    (plain && handoff::limits::is_id(id)).then_some((u64::from_str_radix(number, 16).ok()?, id))
}

#[cfg(test)]
mod tests {
    use super::{format, parse};

    #[test]
    fn keys() {
        let check = |key: &str, expected: Option<(u64, &str)>| assert_eq!(parse("p:c1:", key), expected, "{key}");
        check("p:c1:000000000000000a:id_1-x", Some((10, "id_1-x")));
        check("p:c1:a:id", None);
        check("p:c1:000000000000000g:id", None);
        check("p:c1:+00000000000000a:id", None);
        check("p:c1:000000000000000a:", None);
        check("p:c1:000000000000000a:a:b", None);
        check("p:c2:000000000000000a:id", None);
        check("p:c1:token", None);
        check("", None);
    }

    #[test]
    fn keys_sort_as_numbers_do() {
        let keys = [1, 9, 10, 255, 256, u64::MAX].map(|number| format("p:", number, "id"));
        assert!(keys.is_sorted());
        assert_eq!(
            keys.map(|key| parse("p:", &key).map(|(number, _)| number)),
            [1, 9, 10, 255, 256, u64::MAX].map(Some)
        );
    }
}
