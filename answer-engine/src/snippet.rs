//! The passage to show: a contiguous piece of a section, in its own words.

use answer_messages::Snippet;

use crate::{
    analysis::{Analyzer, Token},
    scoring::Terms,
};

/// Longest passage in Unicode scalar values: about eight lines of a 400 px panel.
pub const LONGEST: usize = 420;

/// Words below this share of the rarest known word's idf are not marked: "to" and "my" tell nothing.
const WORTH_MARKING: f64 = 0.65;

/// Cuts the passage that fits the question best out of `text` and marks the words it shares with it.
pub fn snippet(text: &str, terms: &Terms, analyzer: &Analyzer) -> Snippet {
    let text = text.trim_end();
    let marks = marks(text, terms, analyzer);
    let (start, end) = best_window(text, &marks);
    let passage = &text[start..end];
    let mut ranges: Vec<[u32; 2]> = Vec::new();
    // Ranges are counted in characters; `counted` bytes of the passage hold `chars` of them.
    let (mut counted, mut chars) = (0, 0_u32);
    for mark in marks.iter().filter(|mark| mark.worth && mark.start >= start && mark.end <= end) {
        // Bigrams of scripts without spaces overlap: what is counted already is marked already.
        let place = [(mark.start - start).max(counted), (mark.end - start).max(counted)].map(|byte| {
            chars += u32::try_from(passage[counted..byte].chars().count()).unwrap_or(0);
            counted = byte;
            chars
        });
        if place[0] == place[1] {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last[1] == place[0] => last[1] = place[1],
            _ => ranges.push(place),
        }
    }
    Snippet { text: passage.to_owned(), ranges }
}

/// A word of the text that the question has too.
struct Mark {
    start: usize,
    end: usize,
    term: usize,
    weight: f64,
    worth: bool,
}

fn marks(text: &str, terms: &Terms, analyzer: &Analyzer) -> Vec<Mark> {
    let rarest = terms.words.iter().filter(|word| word.known).fold(0.0_f64, |max, word| max.max(word.idf));
    let mut marks: Vec<Mark> = Vec::new();
    for token in analyzer.words(text) {
        let found = terms
            .words
            .iter()
            .position(|word| word.term == token.term || word.variants.iter().any(|variant| variant.term == token.term));
        let (term, weight) = match found {
            Some(position) => (position, terms.words[position].idf),
            // A Korean word that shares most of its syllable pairs with the question.
            None if shares_grams(&token, terms) => (usize::MAX, rarest),
            None => continue,
        };
        marks.push(Mark { start: token.start, end: token.end, term, weight, worth: weight >= WORTH_MARKING * rarest });
    }
    marks
}

fn shares_grams(token: &Token, terms: &Terms) -> bool {
    if terms.grams.is_empty() || token.alphabetic {
        return false;
    }
    let chars: Vec<char> = token.term.chars().collect();
    let pairs = chars.windows(2).count();
    let shared =
        chars.windows(2).filter(|pair| terms.grams.iter().any(|gram| gram.chars().eq(pair.iter().copied()))).count();
    shared > 0 && shared * 2 >= pairs
}

/// The window of whole sentences, no longer than [`LONGEST`], that holds most of what was asked for; of equals the first.
fn best_window(text: &str, marks: &[Mark]) -> (usize, usize) {
    if text.chars().count() <= LONGEST {
        return (0, text.len());
    }
    let sentences = sentences(text);
    // How many characters stand before each sentence, and before its end.
    let (mut counted, mut chars) = (0, 0);
    let mut chars_before = |byte: usize| {
        chars += text[counted..byte].chars().count();
        counted = byte;
        chars
    };
    let places: Vec<(usize, usize)> =
        sentences.iter().map(|(start, end)| (chars_before(*start), chars_before(*end))).collect();
    let mut best = (0, 0, -1.0);
    for (number, (start, _)) in sentences.iter().enumerate() {
        let fitting = places[number..].iter().take_while(|(_, end)| end - places[number].0 <= LONGEST).count();
        let end = if fitting > 0 { sentences[number + fitting - 1].1 } else { cut(text, *start) };
        let mut seen: Vec<usize> = Vec::new();
        let mut value = 0.0;
        for mark in marks.iter().filter(|mark| mark.start >= *start && mark.end <= end) {
            // A word said again adds little.
            value += if seen.contains(&mark.term) { 0.1 * mark.weight } else { mark.weight };
            seen.push(mark.term);
        }
        if value > best.2 + 1e-9 {
            best = (*start, end, value);
        }
        if end == text.len() {
            break;
        }
    }
    (best.0, best.1)
}

/// Where a passage from `start` must end at the latest: at a space, if there is one.
fn cut(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let Some((limit, _)) = rest.char_indices().nth(LONGEST) else {
        return text.len();
    };
    start + rest[..limit].rfind(char::is_whitespace).unwrap_or(limit)
}

/// Sentences as byte ranges. A line feed or a full stop before a space ends one.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut sentences = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if start.is_none() && !char.is_whitespace() {
            start = Some(at);
        }
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match char {
            '\n' => true,
            '.' | '!' | '?' | '…' => next.is_none_or(char::is_whitespace),
            '。' | '！' | '？' => true,
            _ => next.is_none(),
        };
        if ends && let Some(from) = start.take() {
            let end = if char == '\n' { at } else { at + char.len_utf8() };
            sentences.push((from, end));
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::scoring::WordTerm;

    fn terms(analyzer: &Analyzer, question: &str) -> Terms {
        Terms {
            words: analyzer
                .words(question)
                .into_iter()
                .map(|token| WordTerm {
                    idf: if token.term.chars().count() > 2 { 3.0 } else { 0.5 },
                    term: token.term,
                    repaired_from: None,
                    asking: token.asking,
                    variants: Vec::new(),
                    related: Vec::new(),
                    known: true,
                })
                .collect(),
            grams: analyzer.grams(question).into_iter().map(|token| token.term).collect(),
        }
    }

    /// The passage, marked words in brackets.
    fn check(lang: &str, question: &str, text: &str) -> String {
        let analyzer = Analyzer::new(Analyzer::stemmer_for(lang)).unwrap();
        let snippet = snippet(text, &terms(&analyzer, question), &analyzer);
        let mut shown = String::new();
        for (at, char) in snippet.text.chars().enumerate() {
            let at = u32::try_from(at).unwrap();
            if snippet.ranges.iter().any(|range| range[0] == at) {
                shown.push('[');
            }
            shown.push(char);
            if snippet.ranges.iter().any(|range| range[1] == at + 1) {
                shown.push(']');
            }
        }
        shown
    }

    #[test]
    fn short_texts_are_shown_whole() {
        assert_snapshot!(check("en", "how to reset passwords", "Open settings to begin.\nChoose Reset password."), @r"
Open settings to begin.
Choose [Reset] [password].
");
        assert_snapshot!(check("ko", "비밀번호를 바꾸고싶어요", "설정에서 비밀번호 바꾸기를 눌러요."), @"설정에서 [비밀번호] [바꾸기를] 눌러요.");
        assert_snapshot!(check("zh", "重置密码", "如何重置密码？打开设置。"), @"如何[重置密码]？打开设置。");
    }

    #[test]
    fn long_texts_are_cut_to_the_best_sentences() {
        let filler = "This sentence is about nothing at all and stands here for its length. ".repeat(8);
        let text = format!("{filler}\nTo reset your password, open settings.\n{filler}");
        let shown = check("en", "reset password", &text);
        assert!(shown.starts_with("This sentence") || shown.starts_with("To [reset] your [password]"), "{shown}");
        assert!(shown.contains("[reset] your [password]"), "{shown}");
        assert!(shown.chars().count() <= LONGEST + 8);
    }

    proptest! {
        #[test]
        fn ranges_rise_and_lie_in_the_passage(text in "[a-c가-나重密。\\. \n]{0,700}", question in "[a-c가-나重密 ]{0,20}") {
            let analyzer = Analyzer::new(Some("english")).unwrap();
            let snippet = snippet(&text, &terms(&analyzer, &question), &analyzer);
            let length = u32::try_from(snippet.text.chars().count()).unwrap();
            let mut last = 0;
            for [start, end] in snippet.ranges {
                prop_assert!(last <= start && start < end && end <= length);
                last = end;
            }
            prop_assert!(text.contains(&snippet.text));
            prop_assert!(length as usize <= LONGEST);
        }
    }
}
