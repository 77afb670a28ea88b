//! `golden.jsonl` beside the articles: questions that must keep finding their articles.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use super::letters;
use crate::{
    article::Visibility,
    config::{Bound, Golden},
    diagnostics::{Code, Diagnostic, Position},
    knowledge_base::{BundleError, KnowledgeBase},
    library::Library,
    measures::{Asked, Measures},
    question_set::{self, FORM, Line},
};

/// Name of the file that is looked for beside the articles.
const FILE_NAME: &str = "golden.jsonl";

/// The questions of `golden.jsonl`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldenSet {
    exists: bool,
    /// Those that visitors may ask: none that only an article for agents answers.
    pub(super) lines: Vec<Line>,
}

impl GoldenSet {
    /// Reads the file beside the articles, where there is one, and tells what is wrong with it.
    pub fn read(articles: &Path, library: &Library) -> (Self, Vec<Diagnostic>) {
        match fs::read_to_string(articles.join(FILE_NAME)) {
            Ok(text) => Self::parse(&text, library),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
            Err(error) => {
                let help = "Check that you may read it, and that it is saved as UTF-8.";
                let message = format!("cannot read the file: {error}");
                let diagnostic = Diagnostic::new(Code::Unreadable, FILE_NAME, Position::FILE, message, help);
                (Self { exists: true, lines: Vec::new() }, vec![diagnostic])
            }
        }
    }

    /// Reads the text of the file.
    pub fn parse(text: &str, library: &Library) -> (Self, Vec<Diagnostic>) {
        let articles: BTreeMap<&str, Visibility> =
            library.articles.iter().map(|article| (article.slug.as_str(), article.visibility)).collect();
        let mut set = Self { exists: true, lines: Vec::new() };
        let mut found = Vec::new();
        for (number, line) in question_set::parse(text) {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            match line {
                Err(error) => {
                    let column = u32::try_from(error.column()).unwrap_or(u32::MAX).max(1);
                    found.push(Diagnostic::new(
                        Code::BrokenQuestion,
                        FILE_NAME,
                        Position::new(number, column),
                        format!("the line is no question: {}", without_place(&error.to_string())),
                        format!("Write {FORM} a line."),
                    ));
                }
                Ok(line) => {
                    let slugs = line.article.slugs();
                    let unknown = slugs.iter().filter(|slug| !articles.contains_key(slug.as_str()));
                    found.extend(unknown.map(|slug| unknown_article(slug, number, &articles)));
                    let public = slugs.iter().any(|slug| articles.get(slug.as_str()) == Some(&Visibility::Public));
                    if slugs.is_empty() || public {
                        set.lines.push(line);
                    }
                }
            }
        }
        (set, found)
    }

    /// Of the questions that an article answers: how many find it first, and how many there are. Those that stand among
    /// the samples of `library`, word for word, find themselves and are left out.
    ///
    /// # Errors
    /// [`BundleError`] where the index cannot be asked.
    pub fn found_first(&self, kb: &KnowledgeBase, library: &Library) -> Result<(usize, usize), BundleError> {
        let samples: BTreeSet<String> =
            library.articles.iter().flat_map(|article| &article.questions).map(|question| letters(question)).collect();
        let (mut first, mut all) = (0, 0);
        for line in &self.lines {
            if !line.article.slugs().is_empty() && !samples.contains(&letters(&line.question)) {
                all += 1;
                first += usize::from(question_set::ask(kb, line)?.0.rank == Some(0));
            }
        }
        Ok((first, all))
    }

    /// Measures the questions against the floors of `kb.toml`.
    ///
    /// # Errors
    /// [`BundleError`] where the index cannot be asked.
    pub fn hold_floors(&self, kb: &KnowledgeBase, floors: &Golden) -> Result<Vec<Diagnostic>, BundleError> {
        let Some(first) = floors.first() else { return Ok(Vec::new()) };
        if !self.exists {
            return Ok(vec![Diagnostic::new(
                Code::GoldenFloor,
                &floors.file,
                first.at,
                format!("`[golden]` states floors, but there is no {FILE_NAME} beside the articles"),
                format!("Write questions into it, {FORM} a line, or remove `[golden]`."),
            )]);
        }
        let asked: Vec<Asked> =
            self.lines.iter().map(|line| Ok(question_set::ask(kb, line)?.0)).collect::<Result<_, BundleError>>()?;
        let measures = Measures::of(&asked);
        let figures = [
            ("recall_at_1", measures.recall_at_1, floors.recall_at_1, false),
            ("recall_at_3", measures.recall_at_3, floors.recall_at_3, false),
            ("wrong_answers", measures.wrong_answers, floors.wrong_answers, true),
            ("unanswerable_handed_off", measures.unanswerable_handed_off, floors.unanswerable_handed_off, false),
        ];
        Ok(figures
            .into_iter()
            .filter_map(|(name, figure, bound, is_ceiling)| missed(name, figure?, bound?, is_ceiling, &floors.file))
            .collect())
    }
}

fn missed(name: &str, figure: f64, bound: Bound, is_ceiling: bool, file: &str) -> Option<Diagnostic> {
    const ROUNDING: f64 = 1e-9;
    let (is_missed, wanted) = match is_ceiling {
        true => (figure > bound.value + ROUNDING, "at most"),
        false => (figure < bound.value - ROUNDING, "at least"),
    };
    is_missed.then(|| {
        Diagnostic::new(
            Code::GoldenFloor,
            file,
            bound.at,
            format!("`{name}` of {FILE_NAME} is {figure:.3}; wanted is {wanted} {:.3}", bound.value),
            "Build into a folder of its own and run `kb-indexer eval --articles` to see which questions are lost.",
        )
    })
}

fn unknown_article(slug: &str, line: u32, articles: &BTreeMap<&str, Visibility>) -> Diagnostic {
    let last = slug.rsplit('/').next().unwrap_or(slug).to_lowercase();
    let meant = articles.keys().find(|known| known.rsplit('/').next().is_some_and(|name| name.to_lowercase() == last));
    let help = match meant {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => "Write a slug with its language folder, or null where no article answers.".to_owned(),
    };
    let message = format!("there is no article `{slug}`");
    Diagnostic::new(Code::UnknownArticle, FILE_NAME, Position::new(line, 1), message, help)
}

/// What serde says of the place is that of one line; the diagnostic has that of the file.
fn without_place(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |at| &message[..at])
}
