//! What is written as JSON is read as it was; and noise is refused without a panic.

use handoff::{
    Cause, Transcript,
    api::{Problem, Wait},
    chat::{ClientFrame, Event, Farewell, Participant, ServerFrame, What},
    transcript::{Decision, Entry, Page, Reason, Said, Shown, Vote},
};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

fn back<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let json = serde_json::to_string(value).expect("all of these become JSON");
    serde_json::from_str(&json).expect("JSON of ours is read")
}

fn text() -> impl Strategy<Value = String> {
    "[a-z가-힣 \"\\\\\u{0}\n\u{2028}\u{10ffff}]{0,16}"
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(values.to_vec())
}

fn cause() -> impl Strategy<Value = Cause> {
    one_of(&[Cause::VisitorChose, Cause::AskedForPerson, Cause::Urgent, Cause::NotHelped, Cause::SearchUnavailable])
}

fn vote() -> impl Strategy<Value = Option<Vote>> {
    one_of(&[None, Some(Vote::Helped), Some(Vote::NotHelped)])
}

/// To four decimals, as transcripts have them.
fn confidence() -> impl Strategy<Value = f64> {
    (0..=10_000_u32).prop_map(|part| f64::from(part) / 10_000.0)
}

prop_compose! {
    fn shown()(article in text(), section in text(), title in text(), url in text(), version in text(), confidence in confidence(),
               passage in text()) -> Shown {
        Shown { article, section, title, url, version, confidence, passage }
    }
}

fn said() -> impl Strategy<Value = Said> {
    let decision = one_of(&[Decision::Answer, Decision::Choose, Decision::HandOff]);
    let reason = one_of(&[Reason::Confident, Reason::Tie, Reason::LowConfidence, Reason::NoMatch, Reason::Urgent]);
    prop_oneof![
        text().prop_map(|text| Said::Question { text }),
        (decision, reason, confidence(), prop::collection::vec(shown(), 0..4), vote()).prop_map(
            |(decision, reason, confidence, shown, vote)| Said::Reply { decision, reason, confidence, shown, vote }
        ),
        (shown(), vote()).prop_map(|(shown, vote)| Said::Chosen { shown, vote }),
        (text(), text()).prop_map(|(article, section)| Said::Read { article, section }),
        Just(Said::Unavailable {}),
    ]
}

prop_compose! {
    fn transcript()(lang in text(), url in text(), title in text(), cause in cause(), struck in any::<u32>(),
                    entries in prop::collection::vec((any::<u64>(), said()), 0..6)) -> Transcript {
        let entries = entries.into_iter().map(|(at_ms, said)| Entry { at_ms, said }).collect();
        Transcript { version: 1, lang, page: Page { url, title }, cause, entries, struck }
    }
}

prop_compose! {
    fn event()(seq in any::<u64>(), at_ms in any::<u64>(), by in participant(), what in what()) -> Event {
        Event { seq, at_ms, by, what }
    }
}

fn participant() -> impl Strategy<Value = Participant> {
    prop_oneof![Just(Participant::Visitor), (text(), text()).prop_map(|(id, name)| Participant::Agent { id, name })]
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        (text(), text()).prop_map(|(client_message_id, text)| What::Message { client_message_id, text }),
        one_of(&[What::HandedOff, What::Assigned, What::Closed, What::Reopened]),
    ]
}

fn client_frame() -> impl Strategy<Value = ClientFrame> {
    prop_oneof![
        (any::<u16>(), text(), any::<u64>(), prop::option::of(text())).prop_map(
            |(version, token, after, conversation)| ClientFrame::Hello { version, token, after, conversation }
        ),
        (text(), text()).prop_map(|(client_message_id, text)| ClientFrame::Message { client_message_id, text }),
        one_of(&[ClientFrame::Ping, ClientFrame::Pong]),
    ]
}

fn server_frame() -> impl Strategy<Value = ServerFrame> {
    let wait = || {
        prop_oneof![Just(Wait::Unknown), (any::<u32>(), any::<u32>()).prop_map(|(from, to)| Wait::Minutes { from, to })]
    };
    let problem = (text(), text(), any::<u16>(), text()).prop_map(|(kind, title, status, detail)| Problem {
        kind,
        title,
        status,
        detail,
    });
    let reasons = [Farewell::NotAllowed, Farewell::Misused, Farewell::TooSlow, Farewell::Restarting, Farewell::Silent];
    prop_oneof![
        (any::<u16>(), any::<u64>(), any::<u32>()).prop_map(|(version, last, heartbeat_s)| ServerFrame::Welcome {
            version,
            last,
            heartbeat_s
        }),
        event().prop_map(|event| ServerFrame::Event { event }),
        (text(), any::<u64>(), any::<u64>()).prop_map(|(client_message_id, seq, at_ms)| ServerFrame::Ack {
            client_message_id,
            seq,
            at_ms
        }),
        (text(), problem).prop_map(|(client_message_id, problem)| ServerFrame::Refused { client_message_id, problem }),
        (prop::option::of(any::<u32>()), wait()).prop_map(|(position, wait)| ServerFrame::Queue { position, wait }),
        (text(), any::<u64>()).prop_map(|(conversation, last)| ServerFrame::Changed { conversation, last }),
        one_of(&reasons).prop_map(|reason| ServerFrame::Bye { reason }),
        one_of(&[ServerFrame::Ping, ServerFrame::Pong]),
    ]
}

proptest! {
    #[test]
    fn transcripts(transcript in transcript()) {
        prop_assert_eq!(back(&transcript), transcript);
    }

    #[test]
    fn cleaned_ones_stay_as_they_are(transcript in transcript()) {
        // As on the way from the preview to the disk.
        let cleaned = back(&transcript.cleaned());
        prop_assert_eq!(back(&cleaned.cleaned()), cleaned);
    }

    #[test]
    fn events(event in event()) {
        prop_assert_eq!(back(&event), event);
    }

    #[test]
    fn frames_of_clients(frame in client_frame()) {
        prop_assert_eq!(back(&frame), frame);
    }

    #[test]
    fn frames_of_the_desk(frame in server_frame()) {
        prop_assert_eq!(back(&frame), frame);
    }

    #[test]
    fn noise_is_refused(noise in "[\\[\\]{}\":,a-z_0-9 \\\\.e-]{0,64}") {
        // Whatever it is: an answer, and no panic.
        let _ = serde_json::from_str::<ClientFrame>(&noise);
        let _ = serde_json::from_str::<ServerFrame>(&noise);
        let _ = serde_json::from_str::<Transcript>(&noise);
    }
}
