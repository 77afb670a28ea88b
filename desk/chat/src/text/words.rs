//! Sentences that are chosen by what there is to say.

use handoff::{
    Cause,
    api::{Problem, Wait},
    transcript::{Decision, Reason, Vote},
};

use ::strings::number;

use super::{Lang, strings as s};

/// From here on the engine counts as sure.
const SURE: f64 = 0.8;
/// From here on it counts as fairly sure.
const FAIRLY_SURE: f64 = 0.5;
/// Status of a text that is too large.
const TOO_LARGE: u16 = 413;

/// That the hand-off is on the desk's disk, with the place in the queue and the wait as far as they are known.
pub(crate) fn sent_line(lang: Lang, queue: Option<(Option<u32>, Wait)>) -> String {
    match queue {
        Some((Some(position), wait)) => {
            let position = number(lang, position);
            match wait_words(lang, wait) {
                Some(wait) => s::sent_place(lang, &position, &wait),
                None => s::sent_place_unknown(lang, &position),
            }
        }
        Some((None, _)) => s::sent(lang).to_owned(),
        None => s::sent_wait_unknown(lang).to_owned(),
    }
}

fn wait_words(lang: Lang, wait: Wait) -> Option<String> {
    match wait {
        Wait::Unknown => None,
        Wait::Minutes { from, to } if from >= to => Some(s::wait_about(lang, from.max(1))),
        Wait::Minutes { from: 0, to } => Some(s::wait_up_to(lang, to)),
        Wait::Minutes { from, to } => Some(s::wait_range(lang, &number(lang, from), &number(lang, to))),
    }
}

/// How sure the engine was, in words and in percent.
pub(crate) fn how_sure(lang: Lang, confidence: f64) -> String {
    let percent = number(lang, (confidence * 100.0).round() as u32);
    match confidence {
        SURE.. => s::sure(lang, &percent),
        FAIRLY_SURE.. => s::fairly_sure(lang, &percent),
        _ => s::not_sure(lang, &percent),
    }
}

/// Why the hand-off came about.
pub(crate) fn cause_words(lang: Lang, cause: Cause) -> &'static str {
    match cause {
        Cause::VisitorChose => s::cause_visitor_chose(lang),
        Cause::AskedForPerson => s::cause_asked_for_person(lang),
        Cause::Urgent => s::cause_urgent(lang),
        Cause::LowConfidence => s::cause_low_confidence(lang),
        Cause::NoMatch => s::cause_no_match(lang),
        Cause::NotHelped => s::cause_not_helped(lang),
        Cause::SearchUnavailable => s::cause_search_unavailable(lang),
    }
}

/// What the engine's reply was.
pub(crate) fn reply_words(lang: Lang, decision: Decision, reason: Reason) -> &'static str {
    match (decision, reason) {
        (Decision::Answer, _) => s::shown_answer(lang),
        (_, Reason::Confident) => s::shown_again(lang),
        (Decision::Choose, _) => s::shown_choice(lang),
        (Decision::HandOff, Reason::NoMatch) => s::shown_nothing(lang),
        (Decision::HandOff, Reason::AskedForPerson) => s::shown_asked(lang),
        (Decision::HandOff, Reason::Urgent) => s::shown_urgent(lang),
        (Decision::HandOff, _) => s::shown_closest(lang),
    }
}

/// What the visitor said of an answer.
pub(crate) fn vote_words(lang: Lang, vote: Vote) -> &'static str {
    match vote {
        Vote::Helped => s::helped(lang),
        Vote::NotHelped => s::not_helped(lang),
    }
}

/// Why a message was not sent. What is said most is said in the visitor's language.
pub(crate) fn refusal(lang: Lang, problem: &Problem) -> String {
    if problem.status == TOO_LARGE {
        s::message_too_large(lang).to_owned()
    } else {
        s::message_refused(lang, &problem.detail)
    }
}

#[cfg(test)]
mod tests {
    use handoff::api::Wait;

    use super::{Lang, how_sure, sent_line};

    #[test]
    fn waits() {
        let check = |queue, en: &str, ko: &str| {
            assert_eq!(sent_line(Lang::En, queue), en);
            assert_eq!(sent_line(Lang::Ko, queue), ko);
        };
        let minutes = |from, to| Wait::Minutes { from, to };
        check(
            Some((Some(2), minutes(3, 7))),
            "Sent. You are number 2; about 3-7 minutes.",
            "전달했어요. 대기 순서 2번, 약 3~7분 걸려요.",
        );
        check(
            Some((Some(1), minutes(0, 2))),
            "Sent. You are number 1; up to 2 minutes.",
            "전달했어요. 대기 순서 1번, 길어도 2분 걸려요.",
        );
        check(
            Some((Some(1), minutes(1, 1))),
            "Sent. You are number 1; about one minute.",
            "전달했어요. 대기 순서 1번, 약 1분 걸려요.",
        );
        check(
            Some((Some(1), minutes(0, 0))),
            "Sent. You are number 1; about one minute.",
            "전달했어요. 대기 순서 1번, 약 1분 걸려요.",
        );
        check(
            Some((Some(3), Wait::Unknown)),
            "Sent. You are number 3. We do not know yet how long it takes.",
            "전달했어요. 대기 순서 3번이에요. 얼마나 걸릴지 아직 알 수 없어요.",
        );
        check(None, "Sent. We do not know yet how long it takes.", "전달했어요. 얼마나 걸릴지 아직 알 수 없어요.");
        check(Some((None, Wait::Unknown)), "Sent.", "전달했어요.");
    }

    #[test]
    fn sureness() {
        let check = |confidence, expected: &str| assert_eq!(how_sure(Lang::En, confidence), expected);
        check(1.0, "sure (100%)");
        check(0.8, "sure (80%)");
        check(0.7999, "fairly sure (80%)");
        check(0.5, "fairly sure (50%)");
        check(0.4999, "not sure (50%)");
        check(0.0, "not sure (0%)");
        check(f64::NAN, "not sure (0%)");
    }
}
