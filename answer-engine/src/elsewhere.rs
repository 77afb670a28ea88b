//! Asking the articles of another language, where those of the question's own do not answer.
//!
//! A shell asks the languages of [`language::order`] one after the other: the first as always;
//! the next, whose files it may have to fetch, only where [`is_due`] says so, and until [`instead`] finds something.

use answer_messages::{Decision, Question, Reason, Reply};

use crate::{Engine, engine::Familiarity, language, postings::Postings};

/// Whether another language is to be asked: the articles of this one do not answer; or the letters of the question do not
/// tell its language, and the index hardly knows its words.
pub fn is_due<P: Postings>(own: &Engine<P>, reply: &Reply) -> bool {
    match (reply.decision, reply.reason) {
        (_, Reason::AskedForPerson | Reason::Urgent) => false,
        (Decision::HandOff, _) => true,
        _ if !language::languages_of_script(&reply.question).is_empty() => false,
        _ => {
            let Familiarity { words, known, .. } = own.familiarity(&reply.question);
            known * 2 < words
        }
    }
}

/// What another language's articles say to a question, where they do: they answer or offer a choice, and they know most
/// of its words as they are typed. Words of two languages have letters and endings in common, and a confidence that was
/// fitted to one language says little of questions in another.
///
/// Where the letters of the question tell that it is in the language of `own`, and that has a translation of the first
/// hit, the translations are shown; they are in the words of the visitor, only this question is not.
pub fn instead<P: Postings, Q: Postings>(own: &Engine<P>, other: &Engine<Q>, question: &Question) -> Option<Reply> {
    let Familiarity { words, as_typed, .. } = other.familiarity(&question.text);
    if words == 0 || as_typed * 3 < words * 2 {
        return None;
    }
    let mut reply = other.ask(question);
    if reply.decision == Decision::HandOff {
        return None;
    }
    let lang = own.library().lang.as_str();
    if language::languages_of_script(&question.text).contains(&language::primary(lang)) {
        let terms = own.terms(&question.text);
        let translations: Vec<_> = reply.hits.iter().map(|hit| own.translation(hit, other, &terms)).collect();
        if let [Some(_), ..] = translations[..] {
            reply.hits = translations.into_iter().flatten().collect();
            lang.clone_into(&mut reply.lang);
        }
    }
    Some(reply)
}
