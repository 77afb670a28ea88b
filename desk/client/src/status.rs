/// State of the connection, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not started.
    Idle,
    /// Being opened.
    Connecting,
    /// Welcomed: what happens is seen at once.
    Live,
    /// Lost; it is tried again at this time.
    Waiting {
        /// By the clock that is handed in.
        until: u64,
    },
    /// Over until [`Input::Start`](crate::Input::Start).
    Ended(Ended),
}

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The desk does not accept the token, ticket or conversation.
    NotAllowed,
    /// The desk and we do not understand each other: the page is older or newer than the desk, or the desk knows fewer
    /// events than were delivered (it was restored from a backup). A page that is loaded anew gets all again.
    Misused,
    /// We were told to stop.
    Stopped,
}
