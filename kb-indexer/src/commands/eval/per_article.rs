//! Which articles are found, and what is found in their place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Question, table};

/// An article's figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Row {
    article: String,
    /// Questions that it answers.
    asked: usize,
    /// How many of them had a right article first.
    right_first: usize,
    /// How many had one among the first three.
    right_in_three: usize,
    /// The article that came first most often where it was wrong, and how often.
    instead: Option<(String, usize)>,
}

/// A row an article, the one with the most losses first. A question that several articles answer counts for the first
/// that the set names.
pub(super) fn rows(questions: &[Question]) -> Vec<Row> {
    let mut rows: BTreeMap<&str, (Row, BTreeMap<&str, usize>)> = BTreeMap::new();
    for Question { line, told } in questions {
        let Some(article) = line.article.slugs().first() else { continue };
        let (row, wrong) = rows.entry(article).or_default();
        row.asked += 1;
        row.right_first += usize::from(told.rank == Some(1));
        row.right_in_three += usize::from(told.rank.is_some_and(|rank| rank <= 3));
        if let Some(first) = told.first.as_deref().filter(|_| told.rank != Some(1)) {
            *wrong.entry(first).or_default() += 1;
        }
    }
    let finish = |(article, (row, wrong)): (&str, (Row, BTreeMap<&str, usize>))| {
        let most = wrong.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
        Row { article: article.to_owned(), instead: most.map(|(slug, count)| (slug.to_owned(), count)), ..row }
    };
    let mut rows: Vec<Row> = rows.into_iter().map(finish).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.asked - row.right_first));
    rows
}

pub(super) fn to_text(rows: &[Row]) -> String {
    let head = ["article", "asked", "first", "in three", "most often instead"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    lines.extend(rows.iter().map(|row| {
        let instead = row.instead.as_ref().map_or_else(String::new, |(slug, count)| format!("{slug} ({count})"));
        let numbers = [row.asked, row.right_first, row.right_in_three].map(|number| number.to_string());
        [&[row.article.clone()][..], &numbers, &[instead]].concat()
    }));
    format!("\n{}", table(&lines, 1..4))
}
