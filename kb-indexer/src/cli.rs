//! The command line: what can be asked of the program, and how.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{front_matter::day, index::Form};

/// Compiles help articles to static files that a visitor's browser searches, and checks them on the way.
#[derive(Clone, Debug, Parser)]
#[command(name = "kb-indexer", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const QUESTIONS_HELP: &str = "Questions: {\"id\",\"question\",\"lang\"?,\"article\": slug | [slugs] | null} a line; null = no \
    article answers it";

const EXIT_CODES: &str = "Exit codes: 0 fine (warnings allowed), 1 errors in the articles or a quality floor that was \
    missed, 2 wrong use or a file that cannot be read or written.";

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Compile articles into a bundle of static files
    Build(Build),
    /// Tell all that is wrong with articles
    Check(Check),
    /// Find the articles that answer a question
    Ask(Ask),
    /// Measure answers against questions whose article is known
    Eval(Eval),
    /// Show help centre and bubble while you write
    Serve(Serve),
}

/// Compiles articles into a bundle of static files.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Nothing is published while an article has an error: the old bundle stays as it is.")]
pub struct Build {
    /// Folder that holds the articles
    #[arg(value_name = "ARTICLES")]
    pub articles: PathBuf,
    /// Folder for the bundle
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Settings [default: kb.toml beside the articles, where it exists]
    #[arg(long, value_name = "kb.toml")]
    pub config: Option<PathBuf>,
    /// Warnings are errors
    #[arg(long, conflicts_with = "lenient")]
    pub strict: bool,
    /// Leave out articles with errors and publish the rest
    #[arg(long)]
    pub lenient: bool,
    /// Also write a static help centre: one readable page an article
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Folder for the bundle of agents' articles, which never enter --out
    #[arg(long, value_name = "DIR")]
    pub agents_out: Option<PathBuf>,
    /// Make the vectors of English texts with a sentence encoder: a folder that holds model.onnx and tokenizer.json of
    /// all-MiniLM-L6-v2. They find more where there are no sample questions; the first build takes some minutes
    #[arg(long, value_name = "DIR")]
    pub encoder: Option<PathBuf>,
    /// How browsers get the index: `whole`, so that no request tells what was asked; in `blocks` that a question fetches when
    /// it needs them, which is faster where there is much; or `by-size`
    #[arg(long, value_name = "FORM", value_enum, default_value_t, hide_possible_values = true)]
    pub index: Form,
    /// Leave out all sample questions, to see how answers are without them
    #[arg(long)]
    pub without_samples: bool,
    /// Remove files of former builds
    #[arg(long)]
    pub prune: bool,
}

/// Tells all that is wrong with articles.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Folder that holds the articles
    #[arg(value_name = "ARTICLES")]
    pub articles: PathBuf,
    /// Settings [default: kb.toml beside the articles, where it exists]
    #[arg(long, value_name = "kb.toml")]
    pub config: Option<PathBuf>,
    /// Warnings are errors
    #[arg(long)]
    pub strict: bool,
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
    /// Tell which articles are past their review_by on this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub today: Option<String>,
}

fn parse_day(text: &str) -> Result<String, String> {
    match day(text) {
        Some(day) if day == text => Ok(day.to_owned()),
        _ => Err("write it as 2026-11-21".to_owned()),
    }
}

/// Finds the articles that answer a question.
#[derive(Clone, Debug, Args)]
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
    /// Answer as a browser does before it has loaded the word vectors
    #[arg(long)]
    pub without_words: bool,
    /// Read questions from this file: {"id","question","lang"?} a line; answers come one a line, in the same order
    #[arg(long, value_name = "FILE.jsonl", requires = "json", conflicts_with = "question")]
    pub batch: Option<PathBuf>,
    /// What a visitor would ask
    #[arg(value_name = "QUESTION", required_unless_present = "batch")]
    pub question: Option<String>,
}

/// Measures answers against questions whose article is known.
#[derive(Clone, Debug, Args)]
pub struct Eval {
    /// Folder of the bundle
    #[arg(long, value_name = "DIR")]
    pub kb: PathBuf,
    /// Questions and the articles that answer them
    #[arg(long, value_name = "FILE.jsonl", help = QUESTIONS_HELP)]
    pub questions: PathBuf,
    /// Answer as a browser does before it has loaded the word vectors
    #[arg(long)]
    pub without_words: bool,
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
    /// Also write what came of each question, for --baseline
    #[arg(long, requires = "json")]
    pub details: bool,
    /// Also tell of each article how often it was found, and what was found in its place
    #[arg(long)]
    pub articles: bool,
    /// Tell what was gained and lost since this file, which `eval --json --details` wrote
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// Shows help centre and bubble while you write.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Pages reload by themselves when an article changes. Only this machine can see them.")]
pub struct Serve {
    /// Folder that holds the articles
    #[arg(value_name = "ARTICLES")]
    pub articles: PathBuf,
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8090)]
    pub port: u16,
    /// Settings [default: kb.toml beside the articles, where it exists]
    #[arg(long, value_name = "kb.toml")]
    pub config: Option<PathBuf>,
    /// Folder of the widget's files [default: www/dist, where it exists]
    #[arg(long, value_name = "DIR")]
    pub widget: Option<PathBuf>,
}
