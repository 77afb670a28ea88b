//! A long message: greetings, what happened, the question, thanks.
//!
//! The whole of it shares a word with everything. Its parts are asked each on its own, and the one whose answer is the
//! surest is taken for the question.

use crate::{
    analysis::{Analyzer, fold},
    places::places,
};

/// A message of so many words or fewer is taken as it is.
const SHORT: usize = 12;
/// Only so many sentences are asked, the last ones: people say what they want at the end.
const MOST: usize = 8;

/// How much of its confidence counts for a sentence that neither asks nor stands last: chance must not win by number.
const TOLD: f64 = 0.5;
/// A sentence of thanks or greeting has no more words than this.
const COURTEOUS: usize = 5;
/// What makes a short sentence one of thanks or greeting, compared without spaces.
const COURTESY: &str = "\
    감사합니다 감사해요 감사드립니다 고맙습니다 고마워요 안녕하세요 안녕하십니까 수고 답변부탁 \
    도움을부탁 도움부탁 thank regards inadvance";

/// What may be the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part<'a> {
    pub(crate) text: &'a str,
    /// How much of its confidence counts.
    pub(crate) share: f64,
}

/// What of `text` may be the question, in the order in which it is to be asked: the whole without greetings and thanks,
/// each sentence, the last two together. One part alone where the text is short or has one sentence.
pub(crate) fn parts<'a>(text: &'a str, analyzer: &Analyzer) -> Vec<Part<'a>> {
    let whole = |text| Part { text, share: 1.0 };
    if analyzer.words(text).len() <= SHORT {
        return vec![whole(text)];
    }
    let mut sentences: Vec<(usize, usize)> = sentences(text)
        .into_iter()
        .filter(|(start, end)| {
            let sentence = &text[*start..*end];
            let words = analyzer.words(sentence);
            words.iter().any(|token| !token.asking) && !(words.len() <= COURTEOUS && is_courteous(sentence))
        })
        .collect();
    if sentences.len() > MOST {
        sentences.drain(..sentences.len() - MOST);
    }
    let (Some(first), Some(last)) = (sentences.first().copied(), sentences.last().copied()) else {
        return vec![whole(text)];
    };
    let mut parts = vec![whole(&text[first.0..last.1])];
    if sentences.len() > 1 {
        parts.extend(sentences.iter().map(|(start, end)| {
            let sentence = &text[*start..*end];
            let asks = *end == last.1 || sentence.ends_with(['?', '？']);
            Part { text: sentence, share: if asks { 1.0 } else { TOLD } }
        }));
    }
    if let [.., (start, _), (_, end)] = sentences.as_slice()
        && sentences.len() > 2
    {
        parts.push(whole(&text[*start..*end]));
    }
    parts
}

fn is_courteous(sentence: &str) -> bool {
    let joined: String = fold(sentence).chars().filter(|char| char.is_alphanumeric()).collect();
    COURTESY.split(' ').any(|word| places(&joined, word).next().is_some())
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
        let found: Vec<_> = parts(text, &analyzer).into_iter().map(|part| part.text).collect();
        assert_eq!(found, expected, "{text}");
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
            "안녕하세요. 어제 가입한 신입 사원 김철수입니다.\n메일 설정은 끝냈습니다. 비밀번호를 다시 설정하려면 어디에서 어떻게 해야 하나요? 빠른 답변 부탁드립니다. 감사합니다!",
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
            prop_assert!(parts.iter().all(|part| text.contains(part.text)));
        }
    }
}
