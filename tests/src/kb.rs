//! The indexer, run as a program, and what articles say.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use crate::programs;

/// A line of `ask --json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// As in the batch.
    #[serde(default)]
    pub id: String,
    /// The question.
    pub question: String,
    /// Language that was searched.
    pub lang: String,
    /// `answer`, `choose` or `hand_off`.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Of the first hit.
    pub confidence: f64,
    /// The hits.
    pub hits: Vec<Hit>,
}

/// A hit of `ask --json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Hit {
    /// Slug.
    pub article: String,
    /// Anchor.
    pub section: String,
    /// Title.
    pub title: String,
    /// Address below `site_url`.
    pub url: String,
    /// Version of the article.
    pub version: String,
    /// Probability.
    pub confidence: f64,
    /// Passage.
    pub snippet: Snippet,
}

/// A passage of `ask --json`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// Matched words.
    pub ranges: Vec<[u32; 2]>,
}

/// A question for a batch.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// Comes back in the answer.
    pub id: String,
    /// The words.
    pub question: String,
    /// Language of the page.
    pub lang: Option<String>,
}

/// `check --json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// All of them.
    pub diagnostics: Vec<Diagnostic>,
}

/// One line of `check --json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Diagnostic {
    /// Kind.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// File below the articles' folder.
    pub file: String,
    /// From 1; 0 for the whole file.
    pub line: u32,
    /// From 1; 0 for the whole file.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The indexer with these arguments, not yet started.
///
/// # Errors
/// Where the program is not known.
pub fn indexer(arguments: &[&str]) -> anyhow::Result<Command> {
    let mut command = Command::new(programs::indexer()?);
    command.args(arguments);
    Ok(command)
}

/// Builds a bundle and, if wished, the static help centre; warnings are allowed.
///
/// # Errors
/// Where the build does not succeed.
pub fn build(articles: &Path, kb: &Path, help: Option<&Path>) -> anyhow::Result<()> {
    let mut command = indexer(&["build"])?;
    command.arg(articles).arg("--out").arg(kb);
    if let Some(help) = help {
        command.arg("--site").arg(help);
    }
    success(&mut command).map(drop)
}

/// The same with an index in blocks, whatever its size.
///
/// # Errors
/// Where the build does not succeed.
pub fn build_in_blocks(articles: &Path, kb: &Path, help: &Path) -> anyhow::Result<()> {
    let mut command = indexer(&["build", "--index", "blocks"])?;
    success(command.arg(articles).arg("--out").arg(kb).arg("--site").arg(help)).map(drop)
}

/// Asks many questions at once, with the language of each.
///
/// # Errors
/// Where the program fails or answers something else than JSON.
pub fn ask_all(kb: &Path, questions: &[Asked], limit: u32) -> anyhow::Result<Vec<Answer>> {
    ask_all_with(kb, questions, limit, &[])
}

/// The same as a browser answers before it has loaded the word vectors.
///
/// # Errors
/// As [`ask_all`].
pub fn ask_all_without_words(kb: &Path, questions: &[Asked], limit: u32) -> anyhow::Result<Vec<Answer>> {
    ask_all_with(kb, questions, limit, &["--without-words"])
}

fn ask_all_with(kb: &Path, questions: &[Asked], limit: u32, more: &[&str]) -> anyhow::Result<Vec<Answer>> {
    let file = tempfile::NamedTempFile::new()?;
    let lines: Vec<String> = questions.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    fs::write(file.path(), lines.join("\n"))?;
    let mut command = indexer(&["ask", "--json", "--limit"])?;
    command.arg(limit.to_string()).arg("--kb").arg(kb).arg("--batch").arg(file.path()).args(more);
    let output = success(&mut command)?;
    let text = String::from_utf8(output.stdout)?;
    let answers: Vec<Answer> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    ensure!(answers.len() == questions.len(), "{} questions, {} answers", questions.len(), answers.len());
    Ok(answers)
}

/// Asks one question.
///
/// # Errors
/// As [`ask_all`].
pub fn ask(kb: &Path, question: &str, lang: &str) -> anyhow::Result<Answer> {
    let asked = Asked { id: String::new(), question: question.to_owned(), lang: Some(lang.to_owned()) };
    ask_all(kb, &[asked], 10)?.pop().context("no answer")
}

/// The first of these questions that the engine decides so with at least so many hits, with its answer.
///
/// # Errors
/// Where none is; the message lists what became of the first ones.
pub fn first_decided(
    kb: &Path,
    lang: &str,
    decision: &str,
    hits: usize,
    questions: &[String],
) -> anyhow::Result<Answer> {
    let ask = |question: &String| Asked { id: String::new(), question: question.clone(), lang: Some(lang.to_owned()) };
    let asked: Vec<Asked> = questions.iter().map(ask).collect();
    let answers = ask_all(kb, &asked, 10)?;
    let tell = |answer: &Answer| format!("\n  {}: {} ({})", answer.question, answer.decision, answer.reason);
    let seen: String = answers.iter().take(12).map(tell).collect();
    let mut fitting = answers.into_iter().filter(|answer| answer.decision == decision && answer.hits.len() >= hits);
    fitting.next().with_context(|| format!("no question leads to `{decision}` with {hits} hits:{seen}"))
}

/// An ambiguous question: vague words first, then the sample questions of this language.
///
/// # Errors
/// Where none is ambiguous.
pub fn ambiguous(kb: &Path, lang: &str) -> anyhow::Result<Answer> {
    let vague = match lang {
        "ko" => ["언어", "문서", "인덱스", "글", "점수", "설정"],
        _ => ["languages", "articles", "index", "headings", "score", "settings"],
    };
    let samples = sources()?.into_iter().filter(|source| source.lang == lang).flat_map(|source| source.questions);
    let questions: Vec<String> = vague.into_iter().map(str::to_owned).chain(samples).collect();
    first_decided(kb, lang, "choose", 3, &questions)
}

/// Runs a program that must succeed.
///
/// # Errors
/// Where it does not, with its last words.
pub fn success(command: &mut Command) -> anyhow::Result<Output> {
    let output = command.output().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} ended with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output)
}

/// An article's source.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path below the articles' folder without extension, which is its slug.
    pub slug: String,
    /// Language, which is its top folder.
    pub lang: String,
    /// The sample questions.
    pub questions: Vec<String>,
    /// The body without Markdown's marks, white space folded.
    pub text: String,
}

/// The sample help centre's sources, sorted.
///
/// # Errors
/// Where they cannot be read.
pub fn sources() -> anyhow::Result<Vec<Source>> {
    let root = programs::articles()?;
    let mut sources = Vec::new();
    for (path, bytes) in tree(&root)? {
        let Some(slug) = path.strip_suffix(".md") else { continue };
        let text = String::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))?;
        let rest = text.strip_prefix("---\n").with_context(|| format!("{path} has no front matter"))?;
        let (front, body) = rest.split_once("\n---\n").with_context(|| format!("{path}: front matter does not end"))?;
        sources.push(Source {
            lang: slug.split('/').next().unwrap_or_default().to_owned(),
            slug: slug.to_owned(),
            questions: questions(front),
            text: plain(body),
        });
    }
    Ok(sources)
}

/// The list under `questions:`.
fn questions(front: &str) -> Vec<String> {
    let list = front.lines().skip_while(|line| line.trim_end() != "questions:").skip(1);
    let items = list.map_while(|line| line.trim_start().strip_prefix("- "));
    items.map(|item| item.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

/// Text as a reader sees it: no marks of Markdown, one space between words.
pub fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some(at) = rest.find("](") {
        text.push_str(&rest[..at]);
        let after = &rest[at + 2..];
        rest = after.find(')').map_or("", |end| &after[end + 1..]);
    }
    text.push_str(rest);
    fold(&text.replace(['*', '`', '[', '#', '|', '>', '_'], " "))
}

/// One space between words.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters and digits of a text alone: for comparing words across forms of markup.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every file below a folder, by its path with `/`; hidden files too.
///
/// # Errors
/// Where something cannot be read.
pub fn tree(root: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    fn walk(root: &Path, folder: PathBuf, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                walk(root, path, files)?;
            } else {
                let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path)?);
            }
        }
        Ok(())
    }
    let mut files = BTreeMap::new();
    walk(root, root.to_owned(), &mut files)?;
    Ok(files)
}
