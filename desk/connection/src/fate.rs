//! What a failed call means for a connection by long poll.

use handoff::api::Problem;

use crate::{Failure, Identity};

/// What becomes of the connection, or of the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Try again later.
    Lost,
    /// The desk does not accept the token, the session or the conversation.
    NotAllowed,
    /// The desk does not understand this page.
    Misused,
    /// This message will never be stored; the connection is fine.
    Refused(Problem),
}

/// What a failure means. `posting`: of a message, not of a poll.
///
/// A visitor's token is forgotten once it counts as not allowed, so only the plain word for it (401) does that; a desk
/// that is set up wrongly (403, 404) may be put right. Agents only have to sign in again.
pub(crate) fn fate(failure: &Failure, identity: &Identity, posting: bool) -> Fate {
    let Failure::Refused(problem) = failure else {
        return Fate::Lost;
    };
    match (problem.status, identity) {
        (401, _) | (403 | 404, Identity::Agent { .. }) => Fate::NotAllowed,
        (403 | 404 | 408 | 425 | 429, _) | (500.., _) => Fate::Lost,
        (400.., _) if posting => Fate::Refused(problem.clone()),
        (400.., _) => Fate::Misused,
        _ => Fate::Lost,
    }
}

#[cfg(test)]
mod tests {
    use handoff::api::Problem;

    use super::{Fate, fate};
    use crate::{Failure, Identity};

    #[test]
    fn fates() {
        let problem = |status| {
            let [kind, title, detail] = ["k", "t", "d"].map(str::to_owned);
            Problem { kind, title, status, detail }
        };
        let visitor = Identity::Visitor { token: "t".into() };
        let agent = Identity::Agent { conversation: Some("c".into()) };
        let check = |status, [visitors_poll, visitors_post, agents_poll, agents_post]: [&str; 4]| {
            let name = |identity, posting| match fate(&Failure::Refused(problem(status)), identity, posting) {
                Fate::Lost => "lost",
                Fate::NotAllowed => "not allowed",
                Fate::Misused => "misused",
                Fate::Refused(told) => {
                    assert_eq!(told, problem(status));
                    "refused"
                }
            };
            assert_eq!(name(&visitor, false), visitors_poll, "{status}");
            assert_eq!(name(&visitor, true), visitors_post, "{status}");
            assert_eq!(name(&agent, false), agents_poll, "{status}");
            assert_eq!(name(&agent, true), agents_post, "{status}");
        };
        check(400, ["misused", "refused", "misused", "refused"]);
        check(401, ["not allowed"; 4]);
        check(403, ["lost", "lost", "not allowed", "not allowed"]);
        check(404, ["lost", "lost", "not allowed", "not allowed"]);
        check(413, ["misused", "refused", "misused", "refused"]);
        check(429, ["lost"; 4]);
        check(500, ["lost"; 4]);
        check(503, ["lost"; 4]);
        assert_eq!(fate(&Failure::Unreachable, &visitor, true), Fate::Lost);
    }
}
