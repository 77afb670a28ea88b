//! `kb.toml`: what the owner of a help centre decides for all articles.

/// What `kb.toml` says, with defaults for what it leaves out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Name of the help centre; may be empty.
    pub name: String,
    /// Address that articles' `url`s are relative to; ends with `/`, or is empty where none is set.
    pub site_url: String,
    /// Language of articles that do not tell theirs.
    pub default_language: String,
    /// Languages whose folders name them; may be empty.
    pub languages: Vec<String>,
    /// Address of the desk.
    pub desk: Option<String>,
    /// URL or `mailto:` used where no desk is set.
    pub contact: Option<String>,
    /// Share of wrong answers that the owner accepts among those given (`"1 in 20"` is 0.05).
    pub accepted_wrong_answers: Option<f64>,
    /// Share of questions that no article answers, as the owner knows or guesses it.
    pub unanswerable_share: Option<f64>,
    /// Groups of words that mean the same, by language; in each group the word that stands for it comes first.
    pub synonyms: Vec<(String, Vec<Vec<String>>)>,
    /// Questions suggested by page pattern, in the order of the file.
    pub suggestions: Vec<(String, Vec<String>)>,
    /// Style variables, in the order of the file.
    pub style: Vec<(String, String)>,
}
