//! Finds words: runs of letters, digits and their marks, cut where the way of writing changes.
//!
//! Rust's own character tables (`char::is_alphanumeric`) decide what a letter is. Segmentation by UAX 29 would add
//! tables heavier than the rest of the analysis and would still leave Thai and Han to be cut into bigrams.

use super::lower_case::{DOTTED, lower};

/// How a script separates words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// By spaces, without particles glued to the end: Latin, Cyrillic, Greek, Arabic, Devanagari, digits.
    Spaced,
    /// By spaces, particles glued to the end.
    Hangul,
    /// Not at all: Han, Kana, Thai, Lao, Khmer, Myanmar.
    Unspaced,
}

/// A run of one way of writing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) script: Script,
}

/// All runs of `text`, in order.
pub(super) fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut open: Option<(usize, Script)> = None;
    for (at, char) in text.char_indices() {
        let script = if is_joiner(char) {
            // Marks and joiners belong to the word they follow.
            open.map(|(_, script)| script)
        } else if char.is_alphanumeric() && !is_lone_jamo(char) {
            Some(script_of(char))
        } else if is_apostrophe(char) && open.is_some_and(|(_, script)| script == Script::Spaced) {
            // "don't" is one word; an apostrophe at the end is cut off below.
            Some(Script::Spaced)
        } else {
            None
        };
        if let Some((start, running)) = open
            && script != Some(running)
        {
            close(text, start, at, running, &mut runs);
            open = None;
        }
        if open.is_none() {
            open = script.map(|script| (at, script));
        }
    }
    if let Some((start, script)) = open {
        close(text, start, text.len(), script, &mut runs);
    }
    runs
}

fn close<'a>(text: &'a str, start: usize, end: usize, script: Script, runs: &mut Vec<Run<'a>>) {
    let text = text[start..end].trim_end_matches(is_apostrophe);
    if !text.is_empty() {
        runs.push(Run { text, start, script });
    }
}

/// Letters of Hangul that stand alone, as keyboards give them: laughter and tears (ㅋㅋ, ㅠㅠ), and a syllable that is not
/// finished (비밀번ㅎ). They are no part of a word.
fn is_lone_jamo(char: char) -> bool {
    matches!(char, '\u{3130}'..='\u{318f}' | '\u{ffa0}'..='\u{ffdc}')
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '\u{2019}' | '\u{ff07}')
}

/// Marks that Rust does not count as letters but that stand inside words: combining accents, viramas and nuktas of
/// Indic scripts, Thai tone marks, zero-width joiners.
fn is_joiner(char: char) -> bool {
    matches!(char,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}'
        | '\u{b3c}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{cbc}' | '\u{ccd}' | '\u{d4d}'
        | '\u{e47}'..='\u{e4e}' | '\u{ec8}'..='\u{ecd}' | '\u{1037}'..='\u{103a}' | '\u{17c9}'..='\u{17d3}'
        | '\u{200c}' | '\u{200d}' | '\u{3099}' | '\u{309a}')
}

fn script_of(char: char) -> Script {
    match char {
        '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' => Script::Hangul,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{312f}'
        | '\u{31a0}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}' => Script::Unspaced,
        _ => Script::Spaced,
    }
}

/// Lower case and half width, one apostrophe.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars() {
        let char = match char {
            // Full-width ASCII.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
            '\u{2019}' => '\'',
            char => char,
        };
        if char == DOTTED {
            folded.push_str("i\u{307}");
        } else {
            folded.push(lower(char));
        }
    }
    folded
}
