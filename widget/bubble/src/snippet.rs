//! A passage cut into paragraphs and runs of plain and matched text.

use answer_messages::Snippet;

use crate::text::joined;

/// A run of text; matched where it shares words with the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The text.
    pub(crate) text: String,
    /// Whether the question has these words.
    pub(crate) matched: bool,
}

/// The paragraphs of a passage. Ranges that are out of order or out of the text are passed over: bad marks must never
/// cost the words.
pub(crate) fn paragraphs(snippet: &Snippet) -> Vec<Vec<Run>> {
    let mut ranges = snippet.ranges.iter().peekable();
    let mut paragraphs = vec![Vec::<Run>::new()];
    for (at, char) in (0_u32..).zip(snippet.text.chars()) {
        while ranges.peek().is_some_and(|[_, end]| *end <= at) {
            ranges.next();
        }
        if char == '\n' {
            paragraphs.push(Vec::new());
            continue;
        }
        let matched = ranges.peek().is_some_and(|[start, end]| (*start..*end).contains(&at));
        if let Some(runs) = paragraphs.last_mut() {
            match runs.last_mut() {
                Some(run) if run.matched == matched => run.text.push(char),
                _ => runs.push(Run { text: char.into(), matched }),
            }
        }
    }
    paragraphs.retain(|runs| runs.iter().any(|run| !run.text.trim().is_empty()));
    paragraphs
}

/// The first paragraph as plain text, cut at a word near `limit` characters.
pub(crate) fn line(snippet: &Snippet, limit: usize) -> String {
    let mut text = String::new();
    for run in paragraphs(snippet).into_iter().next().unwrap_or_default() {
        text.push_str(&run.text);
    }
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    let head = text.get(..cut).unwrap_or_default();
    let head = head.rfind(char::is_whitespace).and_then(|at| head.get(..at)).unwrap_or(head);
    joined(&[head.trim_end(), "…"])
}

/// Half-width characters that fit on a line of an answer, and lines above which an answer is long.
const WIDTH: usize = 52;
const LINES: usize = 9;

/// Whether a passage takes more than about eight lines. Told from the text, so that nothing need be measured.
pub(crate) fn is_long(snippet: &Snippet) -> bool {
    let (mut lines, mut width) = (0, 0_usize);
    for char in snippet.text.chars() {
        if char == '\n' {
            lines += width.div_ceil(WIDTH);
            width = 0;
        } else {
            // Korean, Chinese and Japanese letters are twice as wide.
            width += if char >= '\u{1100}' { 2 } else { 1 };
        }
    }
    lines + width.div_ceil(WIDTH) > LINES
}

#[cfg(test)]
mod tests {
    use answer_messages::Snippet;

    use super::{is_long, line, paragraphs};

    fn check(text: &str, ranges: &[[u32; 2]]) -> String {
        let snippet = Snippet { text: text.into(), ranges: ranges.to_vec() };
        let show = |runs: &Vec<super::Run>| -> String {
            runs.iter().map(|run| if run.matched { format!("[{}]", run.text) } else { run.text.clone() }).collect()
        };
        paragraphs(&snippet).iter().map(show).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn runs() {
        assert_eq!(check("reset it", &[[0, 5]]), "[reset] it");
        assert_eq!(check("비밀번호를 잊었다면", &[[0, 4], [6, 8]]), "[비밀번호]를 [잊었]다면");
        assert_eq!(check("a\n\nb c", &[[3, 4]]), "a / [b] c");
        assert_eq!(check("ab\ncd", &[[1, 4]]), "a[b] / [c]d");
        assert_eq!(check("plain", &[]), "plain");
        assert_eq!(check("", &[[0, 3]]), "");
    }

    #[test]
    fn bad_ranges_cost_nothing() {
        assert_eq!(check("abc", &[[2, 9]]), "ab[c]");
        assert_eq!(check("abc", &[[2, 1]]), "abc");
        assert_eq!(check("abcdef", &[[4, 5], [0, 2]]), "abcd[e]f");
        assert_eq!(check("abc", &[[7, 9]]), "abc");
    }

    #[test]
    fn one_line() {
        let snippet = |text: &str| Snippet { text: text.into(), ranges: Vec::new() };
        assert_eq!(line(&snippet("\nShort one.\nSecond."), 20), "Short one.");
        assert_eq!(line(&snippet("Open the settings and choose"), 20), "Open the settings…");
        assert_eq!(line(&snippet("가나다라마바사"), 3), "가나다…");
    }

    #[test]
    fn long_is_more_than_eight_lines() {
        let check = |text: String| is_long(&Snippet { text, ranges: Vec::new() });
        assert!(!check("word ".repeat(90)));
        assert!(check("word ".repeat(100)));
        assert!(!check("가나 ".repeat(90)));
        assert!(check("가나 ".repeat(100)));
        assert!(!check("line\n".repeat(9)));
        assert!(check("line\n".repeat(10)));
        assert!(!check(String::new()));
    }
}
