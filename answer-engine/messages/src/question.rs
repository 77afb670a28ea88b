use serde::{Deserialize, Serialize};

/// What a visitor asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The visitor's words, in Unicode NFC.
    pub text: String,
    /// BCP 47 tag of the page or of the visitor's wish; `None` leaves the choice to the question's script.
    pub lang: Option<String>,
    /// How many hits the reply may have at most.
    pub limit: u32,
}

impl Question {
    /// Number of hits given where nobody asks for another.
    pub const DEFAULT_LIMIT: u32 = 10;

    /// A question in `lang` with the usual number of hits.
    pub fn new(text: impl Into<String>, lang: Option<&str>) -> Self {
        Self { text: text.into(), lang: lang.map(str::to_owned), limit: Self::DEFAULT_LIMIT }
    }
}
