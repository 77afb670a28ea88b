use std::cell::RefCell;

use desk_client::Draft;

/// Where drafts are until the desk has them.
pub trait Outbox {
    /// All drafts, oldest first.
    fn drafts(&self) -> Vec<Draft>;
    /// Adds a draft; one that is there already stays where it is. `false` where it could not be kept durably: then it
    /// lives as long as the page, and people are told.
    fn keep(&self, draft: &Draft) -> bool;
    /// Removes a draft.
    fn forget(&self, client_message_id: &str);
}

/// In memory only.
#[derive(Debug, Default)]
pub struct MemoryOutbox {
    drafts: RefCell<Vec<Draft>>,
}

impl Outbox for MemoryOutbox {
    fn drafts(&self) -> Vec<Draft> {
        self.drafts.borrow().clone()
    }

    fn keep(&self, draft: &Draft) -> bool {
        let mut drafts = self.drafts.borrow_mut();
        if drafts.iter().all(|known| known.client_message_id != draft.client_message_id) {
            drafts.push(draft.clone());
        }
        false
    }

    fn forget(&self, client_message_id: &str) {
        self.drafts.borrow_mut().retain(|known| known.client_message_id != client_message_id);
    }
}

#[cfg(test)]
mod tests {
    use desk_client::Draft;

    use super::{MemoryOutbox, Outbox};

    #[test]
    fn drafts_stay_in_order_and_once() {
        let outbox = MemoryOutbox::default();
        let draft = |id: &str| Draft { client_message_id: id.into(), text: id.to_uppercase() };
        for id in ["b", "a", "b", "c"] {
            assert!(!outbox.keep(&draft(id)), "memory is not durable");
        }
        assert_eq!(outbox.drafts(), ["b", "a", "c"].map(draft));
        outbox.forget("a");
        outbox.forget("unknown");
        assert_eq!(outbox.drafts(), ["b", "c"].map(draft));
    }
}
