//! A long message: greetings, what happened, the question, thanks.
//!
//! The whole of it shares a word with everything. Its parts are asked each on its own, and the one whose answer is the
//! surest is taken for the question.

use crate::analysis::Analyzer;

/// A message of so many words or fewer is taken as it is.
const SHORT: usize = 12;
/// Only so many sentences are asked, the last ones: people say what they want at the end.
const MOST: usize = 8;

/// What of `text` may be the question, in the order in which it is to be asked: the whole without greetings and thanks,
/// each sentence, the last two together. One part alone where the text is short or has one sentence.
pub(crate) fn parts<'a>(text: &'a str, analyzer: &Analyzer) -> Vec<&'a str> {
    if analyzer.words(text).len() <= SHORT {
        return vec![text];
    }
    let mut sentences: Vec<(usize, usize)> = sentences(text)
        .into_iter()
        .filter(|(start, end)| analyzer.words(&text[*start..*end]).iter().any(|token| !token.asking))
        .collect();
    if sentences.len() > MOST {
        sentences.drain(..sentences.len() - MOST);
    }
    let (Some(first), Some(last)) = (sentences.first().copied(), sentences.last().copied()) else {
        return vec![text];
    };
    let mut parts = vec![&text[first.0..last.1]];
    if sentences.len() > 1 {
        parts.extend(sentences.iter().map(|(start, end)| &text[*start..*end]));
    }
    if let [.., (start, _), (_, end)] = sentences.as_slice()
        && sentences.len() > 2
    {
        parts.push(&text[*start..*end]);
    }
    parts
}

/// Sentences as byte ranges without the space around them: ended by a line feed, by a mark of the East, or by another
/// mark before a space.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match char {
            '\n' | '。' | '？' | '！' => true,
            '.' | '!' | '?' | '~' | '…' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            found.push((start, at + char.len_utf8()));
            start = at + char.len_utf8();
        }
    }
    found.push((start, text.len()));
    found
        .into_iter()
        .map(|(start, end)| {
            let sentence = &text[start..end];
            let start = start + (sentence.len() - sentence.trim_start().len());
            (start, start + sentence.trim().len())
        })
        .filter(|(start, end)| start < end)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let analyzer = Analyzer::new(Some("english")).unwrap();
        assert_eq!(parts(text, &analyzer), expected, "{text}");
    }

    #[test]
    fn what_may_be_the_question() {
        check("How do I reset my password?", &["How do I reset my password?"]);
        check("", &[""]);
        check(
            "Hello! I bought the yearly plan on Monday and it went fine. How do I reset my password? Thanks",
            &[
                "I bought the yearly plan on Monday and it went fine. How do I reset my password?",
                "I bought the yearly plan on Monday and it went fine.",
                "How do I reset my password?",
            ],
        );
        check(
            "안녕하세요. 어제 가입한 신입 사원 김철수입니다.\n메일 설정은 끝냈습니다. 비밀번호를 다시 설정하려면 어디에서 어떻게 해야 하나요? 감사합니다!",
            &[
                "어제 가입한 신입 사원 김철수입니다.\n메일 설정은 끝냈습니다. 비밀번호를 다시 설정하려면 어디에서 어떻게 해야 하나요?",
                "어제 가입한 신입 사원 김철수입니다.",
                "메일 설정은 끝냈습니다.",
                "비밀번호를 다시 설정하려면 어디에서 어떻게 해야 하나요?",
                "메일 설정은 끝냈습니다. 비밀번호를 다시 설정하려면 어디에서 어떻게 해야 하나요?",
            ],
        );
        // One long sentence, versions and file names in it.
        let long = "why does the file config.toml of version 1.2.3 not open on my old computer at home";
        check(long, &[long]);
    }

    proptest! {
        #[test]
        fn parts_are_of_the_text_and_few(text in "[a-c가-나。.!?~ \n]{0,300}") {
            let analyzer = Analyzer::new(Some("english")).unwrap();
            let parts = parts(&text, &analyzer);
            prop_assert!(!parts.is_empty() && parts.len() <= MOST + 2);
            prop_assert!(parts.iter().all(|part| text.contains(part)));
        }
    }
}
