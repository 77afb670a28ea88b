//! The command line.

use std::path::PathBuf;

/// Finds the articles that answer a question.
#[derive(Clone, Debug, clap::Args)]
pub struct Ask {
    /// Folder of the bundle
    #[arg(long, value_name = "DIR")]
    pub kb: PathBuf,
    /// Language to answer in (BCP 47); otherwise the question's script decides
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// At most this many hits
    #[arg(long, value_name = "N", default_value_t = answer_messages::Question::DEFAULT_LIMIT)]
    pub limit: u32,
    /// Write JSON, one object a line
    #[arg(long)]
    pub json: bool,
    /// Tell how each hit came to its confidence
    #[arg(long)]
    pub explain: bool,
    /// Read questions from this file: {"id","question","lang"?} a line; answers come one a line, in the same order
    #[arg(long, value_name = "FILE.jsonl", requires = "json", conflicts_with_all = ["question", "explain"])]
    pub batch: Option<PathBuf>,
    /// What a visitor would ask
    #[arg(required_unless_present = "batch")]
    pub question: Option<String>,
}

/// Measures answers against questions whose article is known.
#[derive(Clone, Debug, clap::Args)]
pub struct Eval {
    /// Folder of the bundle
    #[arg(long, value_name = "DIR")]
    pub kb: PathBuf,
    /// Questions: {"id","question","lang"?,"article": slug | [slugs] | null} a line; null = no article answers it
    #[arg(long, value_name = "FILE.jsonl")]
    pub questions: PathBuf,
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
}
