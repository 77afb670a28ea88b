//! Asking the articles of another language, where those of the question's own do not answer.
//!
//! A shell asks the languages of [`language::order`] one after the other: the first as always;
//! the next, whose files it may have to fetch, only where [`is_due`] says so, and until [`instead`] finds something.

use answer_messages::{Decision, Question, Reason};

use crate::{Engine, Findings, engine::Familiarity, language, postings::Postings};

/// Whether another language is to be asked: the articles of this one do not answer; or the letters of the question do not
/// tell its language, and the index hardly knows its words.
pub fn is_due<P: Postings>(own: &Engine<P>, findings: &Findings) -> bool {
    match (findings.decision, findings.reason) {
        (_, Reason::AskedForPerson | Reason::Urgent) => false,
        (Decision::HandOff, _) => true,
        _ if !language::languages_of_script(&findings.question).is_empty() => false,
        _ => {
            let Familiarity { words, known, .. } = own.familiarity(&findings.question);
            known * 2 < words
        }
    }
}

/// What is found in another language's articles, to be shown by the engine of [`Findings::lang`], where they answer: they answer or offer a choice, and they know most
/// of its words as they are typed. Words of two languages have letters and endings in common, and a confidence that was
/// fitted to one language says little of questions in another.
///
/// Where the letters of the question tell that it is in the language of `own`, and that has a translation of the first
/// hit, the translations are shown; they are in the words of the visitor, only this question is not.
pub fn instead<P: Postings, Q: Postings>(own: &Engine<P>, other: &Engine<Q>, question: &Question) -> Option<Findings> {
    let Familiarity { words, as_typed, .. } = other.familiarity(&question.text);
    if words == 0 || as_typed * 3 < words * 2 {
        return None;
    }
    let mut findings = other.find(question);
    if findings.decision == Decision::HandOff {
        return None;
    }
    let lang = own.library().lang.as_str();
    if language::languages_of_script(&question.text).contains(&language::primary(lang)) {
        let translations: Vec<_> = findings.found.iter().map(|found| own.translation(found, other)).collect();
        if let [Some(_), ..] = translations[..] {
            findings.found = translations.into_iter().flatten().collect();
            findings.terms = own.terms(&question.text);
            lang.clone_into(&mut findings.lang);
        }
    }
    Some(findings)
}
