use serde::{Deserialize, Serialize};

/// Why a hand-off came about. (`reason` is why the engine decided so.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The visitor took the way to a person by himself.
    VisitorChose,
    /// The question itself asked for a person.
    AskedForPerson,
    /// The question was urgent.
    Urgent,
    /// Something was found, but nothing sure.
    LowConfidence,
    /// Nothing was found.
    NoMatch,
    /// The visitor said that the answer did not help.
    NotHelped,
    /// The search could not run.
    SearchUnavailable,
}
