use handoff::limits::is_id;

/// What the address bar says is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Route {
    /// No conversation: the queue alone where there is no room for more.
    #[default]
    Queue,
    /// The conversation with this id.
    Conversation(String),
}

impl Route {
    /// The route that an address's fragment names; the queue where it names none.
    pub(crate) fn of(hash: &str) -> Self {
        match hash.strip_prefix("#/c/") {
            Some(id) if is_id(id) => Self::Conversation(id.to_owned()),
            _ => Self::Queue,
        }
    }

    /// The fragment.
    pub(crate) fn hash(&self) -> String {
        match self {
            Self::Queue => "#/".to_owned(),
            Self::Conversation(id) => format!("#/c/{id}"),
        }
    }

    /// The open conversation.
    pub(crate) fn conversation(&self) -> Option<&str> {
        match self {
            Self::Queue => None,
            Self::Conversation(id) => Some(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn fragments() {
        let check = |hash: &str, id: Option<&str>| assert_eq!(Route::of(hash).conversation(), id, "{hash}");
        check("", None);
        check("#/", None);
        check("#/c/", None);
        check("#/c/a1_-", Some("a1_-"));
        // Ids go into addresses of calls.
        check("#/c/../session", None);
        check("#/c/a?b", None);
        check("#/c/가", None);
        let route = Route::Conversation("a1".into());
        assert_eq!(Route::of(&route.hash()), route);
        assert_eq!(Route::of(&Route::Queue.hash()), Route::Queue);
    }
}
