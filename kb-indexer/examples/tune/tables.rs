//! Figures as text: a Markdown table, and Rust ready to paste.

use answer_engine::{decision::Coefficients, scoring::Weights};

/// A figure without its zero, as the tables of `docs/quality.md` have it.
pub(crate) fn figure(value: Option<f64>) -> String {
    match value {
        Some(value) if value.is_finite() => short(&format!("{value:.3}")),
        _ => "–".to_owned(),
    }
}

/// A difference, with its sign.
pub(crate) fn difference(value: Option<f64>) -> String {
    match value {
        Some(value) if value.abs() < 0.0005 => "0".to_owned(),
        Some(value) if value.is_finite() => short(&format!("{value:+.3}")),
        _ => "–".to_owned(),
    }
}

fn short(text: &str) -> String {
    text.replacen("0.", ".", usize::from(text.trim_start_matches(['+', '-']).starts_with("0.")))
}

/// Prints a Markdown table.
pub(crate) fn print(head: &[String], rows: &[Vec<String>]) {
    let line = |cells: &[String]| println!("| {} |", cells.join(" | "));
    line(head);
    line(&head.iter().map(|_| "---".to_owned()).collect::<Vec<_>>());
    rows.iter().for_each(|row| line(row));
}

/// An array of thousandths as Rust has it.
pub(crate) fn array(values: &[f64]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{:.0}", value * 1000.0 + 0.0)).collect();
    format!("[{}]", values.join(", "))
}

/// Weights as Rust has them.
pub(crate) fn weights(found: &Weights) -> String {
    format!("Thousandths {{ sentence: {}, few: {} }}", array(&found.sentence), array(&found.few))
}

/// Coefficients as Rust has them.
pub(crate) fn coefficients(found: &Coefficients) -> String {
    format!("Written {{ intercept: {:.0}, weights: {} }}", found.intercept * 10_000.0, array(&found.weights))
}
