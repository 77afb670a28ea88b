//! Text to terms, the same at build and at question time.
//!
//! Two streams come out. The *word* stream: lower-cased, stemmed words; Korean words without their particles; character
//! bigrams for scripts written without spaces (Han, Kana; trigrams of Thai and its neighbours). The *gram* stream, indexed beside
//! it: bigrams of Korean words, which forgive spacing and unknown endings. Letter trigrams of other words bought nothing
//! beside stems and the repair of typing errors, and were half of an index.
//!
//! No stop words are removed: that lowered the measured quality. No dictionary is needed.

mod grams;
mod hangul;
mod lower_case;
mod question_words;
mod scan;
mod stem;

use std::borrow::Cow;

pub use stem::UnknownStemmer;

use question_words::QuestionWords;
use scan::{Run, Script};
use stem::Stem;

/// Longest word in bytes that is indexed; longer ones are noise (keys, encoded data).
pub const MAX_WORD_BYTES: usize = 60;

/// A term with the place it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What is looked up in the index.
    pub term: String,
    /// First byte in the analysed text.
    pub start: usize,
    /// Byte after the last in the analysed text.
    pub end: usize,
    /// Whether the word is written with an alphabet, so that a typing error can be repaired letter by letter.
    pub alphabetic: bool,
    /// Whether it is a word that questions are made of, whatever they ask for.
    pub asking: bool,
}

/// Turns text into terms for one language.
#[derive(Clone, Debug)]
pub struct Analyzer {
    stem: Stem,
    question_words: QuestionWords,
}

impl Analyzer {
    /// The stemmer that `lang` (BCP 47) is analysed with; `None` where there is none for it.
    pub fn stemmer_for(lang: &str) -> Option<&'static str> {
        stem::algorithm_for(lang)
    }

    /// An analyzer with the named stemmer, or without one.
    ///
    /// # Errors
    /// [`UnknownStemmer`] where this build does not carry it.
    pub fn new(stemmer: Option<&str>) -> Result<Self, UnknownStemmer> {
        let stem = Stem::new(stemmer)?;
        Ok(Self { question_words: QuestionWords::new(stem.name()), stem })
    }

    /// The word stream of `text`.
    pub fn words(&self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for run in scan::runs(text) {
            match run.script {
                Script::Hangul => {
                    if let Some(word) = lower(&run) {
                        let stripped = hangul::strip_particle(&word);
                        let asking = self.question_words.has_korean(&word, stripped);
                        tokens.push(Token { asking, ..token(stripped.to_owned(), &run, false) });
                    }
                }
                Script::Unspaced => grams::unspaced(text, &run, &mut tokens),
                Script::Spaced => {
                    if let Some(word) = lower(&run) {
                        let asking = self.question_words.has(&word);
                        tokens.push(Token { asking, ..token(self.stem.apply(&word).into_owned(), &run, true) });
                    }
                }
            }
        }
        tokens
    }

    /// The stem of a folded word written with an alphabet.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        self.stem.apply(word)
    }

    /// Whether a folded word is one that questions are made of.
    pub fn is_asking(&self, word: &str) -> bool {
        self.question_words.has(word)
    }

    /// The gram stream of `text`: bigrams of Korean words, nothing for other scripts.
    pub fn grams(&self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for run in scan::runs(text) {
            if run.script == Script::Hangul {
                self.hangul_bigrams(&run, &mut tokens);
            }
        }
        tokens
    }

    fn hangul_bigrams(&self, run: &Run<'_>, tokens: &mut Vec<Token>) {
        if let Some(word) = lower(run) {
            for gram in grams::bigrams(hangul::strip_particle(&word)) {
                tokens.push(token(gram, run, false));
            }
        }
    }
}

fn token(term: String, run: &Run<'_>, alphabetic: bool) -> Token {
    Token { term, start: run.start, end: run.start + run.text.len(), alphabetic, asking: false }
}

/// Lower case, composed, half width; `None` for what is too long to be a word.
fn lower<'a>(run: &Run<'a>) -> Option<Cow<'a, str>> {
    if run.text.len() > MAX_WORD_BYTES {
        return None;
    }
    let plain = run.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    Some(if plain { Cow::Borrowed(run.text) } else { Cow::Owned(hangul::compose(&scan::fold(run.text))) })
}

/// Brings a short text to the form in which texts are compared: composed, half width, lower case.
pub fn fold(text: &str) -> String {
    hangul::compose(&scan::fold(text))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn check(lang: &str, text: &str) -> String {
        let analyzer = Analyzer::new(Analyzer::stemmer_for(lang)).unwrap();
        let line = |tokens: Vec<Token>| tokens.into_iter().map(|token| token.term).collect::<Vec<_>>().join(" ");
        format!("{} | {}", line(analyzer.words(text)), line(analyzer.grams(text)))
    }

    #[test]
    fn english() {
        assert_snapshot!(check("en", "How do I reset my passwords?"), @"how do i reset my password |");
        assert_snapshot!(check("en", "It doesn’t work, can't log-in"), @"it doesn't work can't log in |");
    }

    #[test]
    fn korean() {
        assert_snapshot!(check("ko", "비밀번호를 어떻게 재설정하나요?"), @"비밀번호 어떻게 재설정 | 비밀 밀번 번호 어떻 떻게 재설 설정");
        assert_snapshot!(check("ko", "API키는 어디에서 받아요"), @"api 키는 어디 받아 | 키는 어디 받아");
        // Decomposed, as macOS writes file names.
        assert_snapshot!(check("ko", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}은"), @"한글 | 한글");
        // Laughter, tears and a syllable that is being typed.
        assert_snapshot!(check("ko", "ㅋㅋ 로그인ㅠㅠ 안돼ㅋㅋ 비밀번ㅎ ㅎㅎ"), @"로그인 안돼 비밀번 | 로그 그인 안돼 비밀 밀번");
    }

    #[test]
    fn unspaced_scripts() {
        assert_snapshot!(check("zh", "如何重置密码 税 API"), @"如何 何重 重置 置密 密码 税 api |");
        assert_snapshot!(check("ja", "パスワードを忘れた"), @"パス スワ ワー ード ドを を忘 忘れ れた |");
        assert_snapshot!(check("th", "ลืมรหัสผ่าน"), @"ลืม ืมร มรห รหั หัส ัสผ สผ่ ผ่า ่าน |");
    }

    #[test]
    fn forms_that_are_the_same() {
        assert_snapshot!(check("en", "ＰＡＳＳＷＯＲＤ １２"), @"password 12 |");
        assert_snapshot!(check("de", "Straßenbahnen Übungen"), @"strassenbahn ubung |");
        assert_snapshot!(check("ru", "Забыли пароли"), @"заб парол |");
        assert_snapshot!(check("hi", "पासवर्ड कैसे बदलें"), @"पासवर्ड कैस बदल |");
    }

    #[test]
    fn places_are_those_of_the_words() {
        let analyzer = Analyzer::new(Some("english")).unwrap();
        let text = "Reset your passwords.";
        let places: Vec<_> = analyzer.words(text).iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(places, ["Reset", "your", "passwords"]);
    }
}
