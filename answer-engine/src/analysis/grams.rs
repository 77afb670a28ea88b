//! Pieces of words.

use super::{Token, scan::Run};

/// Adjacent pairs of characters; a lone character as it is.
pub(super) fn bigrams(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() < 2 {
        return vec![word.to_owned()];
    }
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// How many characters of a script without spaces make a term: two of Han and Kana, where a character is nearly a word;
/// three of Thai and its neighbours, which write vowels and tones as characters of their own.
fn width_for(first: char) -> usize {
    if matches!(first, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}') { 3 } else { 2 }
}

/// Pieces of a script without spaces, each with its own place; a run shorter than a piece as it is.
pub(super) fn unspaced(text: &str, run: &Run<'_>, tokens: &mut Vec<Token>) {
    let end = run.start + run.text.len();
    let mut starts: Vec<usize> = text[run.start..end].char_indices().map(|(at, _)| run.start + at).collect();
    starts.push(end);
    let width = width_for(run.text.chars().next().unwrap_or_default()).min(starts.len() - 1);
    for window in starts.windows(width + 1) {
        let (start, end) = (window[0], window[width]);
        tokens.push(Token { term: text[start..end].to_owned(), start, end, alphabetic: false, asking: false });
    }
}
