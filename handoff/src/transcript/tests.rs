use proptest::prelude::*;

use super::*;
use crate::limits::{ENTRIES, FIELD_BYTES, LATEST_MS, SHOWN, TEXT_BYTES};

fn shown() -> Shown {
    Shown {
        article: "reset".into(),
        section: String::new(),
        title: "Reset".into(),
        url: "reset/".into(),
        version: "0a1b2c3d".into(),
        confidence: 0.5,
        passage: "Open settings.".into(),
    }
}

fn reply(confidence: f64, shown: Vec<Shown>) -> Said {
    Said::Reply { decision: Decision::Choose, reason: Reason::Tie, confidence, shown, vote: None }
}

fn question(text: &str) -> Said {
    Said::Question { text: text.into() }
}

fn transcript(said: Vec<Said>) -> Transcript {
    let entries = said.into_iter().map(|said| Entry { at_ms: 1, said }).collect();
    let page = Page { url: "https://a.example/".into(), title: "Shop".into() };
    Transcript { version: VERSION, lang: "en".into(), page, cause: Cause::NoMatch, entries, struck: 0 }
}

#[test]
fn what_is_taken() {
    let check = |transcript: Transcript| assert_eq!(transcript.validate(), Ok(()));
    check(transcript(vec![]));
    check(transcript(vec![
        question(""),
        question(&"x".repeat(TEXT_BYTES)),
        reply(0.0, vec![]),
        reply(1.0, vec![shown(); SHOWN]),
    ]));
    check(transcript(vec![Said::Unavailable {}; ENTRIES]));
    check(transcript(vec![Said::Chosen { shown: shown(), vote: None }]));
    check(transcript(vec![Said::Read { article: "a".into(), section: String::new() }]));
}

#[test]
fn what_is_not_taken() {
    let check = |change: fn(&mut Transcript), expected: Invalid| {
        let mut transcript = transcript(vec![question("How?"), reply(0.5, vec![shown()])]);
        change(&mut transcript);
        let error = transcript.validate().expect_err("it is not taken");
        assert_eq!(error, expected);
        // What is wrong, and what to do.
        assert!(error.to_string().split_once(": ").is_some_and(|(_, step)| !step.is_empty()), "{error}");
    };
    let said = |transcript: &mut Transcript, said: Said| transcript.entries[1].said = said;
    check(|it| it.version = 7, Invalid::Version { found: 7 });
    check(|it| it.lang = "en us".into(), Invalid::Language);
    check(|it| it.entries = vec![it.entries[0].clone(); ENTRIES + 1], Invalid::Entries { found: ENTRIES + 1 });
    check(|it| it.struck = u32::MAX, Invalid::Entries { found: u32::MAX as usize });
    check(|it| it.entries[1].at_ms = LATEST_MS + 1, Invalid::Time { entry: 2 });
    let long = |entry, field, found, most| Invalid::Long { entry, field, found, most };
    check(|it| it.page.url = "x".repeat(FIELD_BYTES + 1), long(None, "page.url", FIELD_BYTES + 1, FIELD_BYTES));
    check(|it| it.page.title = "x".repeat(FIELD_BYTES + 1), long(None, "page.title", FIELD_BYTES + 1, FIELD_BYTES));
    check(
        |it| it.entries[0].said = question(&"x".repeat(TEXT_BYTES + 1)),
        long(Some(1), "text", TEXT_BYTES + 1, TEXT_BYTES),
    );
    check(
        |it| it.entries[1].said = reply(0.5, vec![Shown { passage: "x".repeat(TEXT_BYTES + 1), ..shown() }]),
        long(Some(2), "passage", TEXT_BYTES + 1, TEXT_BYTES),
    );
    check(
        |it| it.entries[1].said = reply(0.5, vec![Shown { url: "x".repeat(FIELD_BYTES + 1), ..shown() }]),
        long(Some(2), "url", FIELD_BYTES + 1, FIELD_BYTES),
    );
    check(
        |it| it.entries[1].said = reply(0.5, vec![shown(); SHOWN + 1]),
        Invalid::Shown { entry: 2, found: SHOWN + 1 },
    );
    for confidence in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
        let mut transcript = transcript(vec![question("How?"), reply(0.5, vec![])]);
        said(&mut transcript, reply(confidence, vec![]));
        assert_eq!(transcript.validate(), Err(Invalid::Confidence { entry: 2 }));
        said(&mut transcript, Said::Chosen { shown: Shown { confidence, ..shown() }, vote: None });
        assert_eq!(transcript.validate(), Err(Invalid::Confidence { entry: 2 }));
    }
    let name = |field| Invalid::Name { entry: 2, field };
    check(|it| it.entries[1].said = Said::Read { article: String::new(), section: String::new() }, name("article"));
    check(|it| it.entries[1].said = Said::Read { article: "a".into(), section: "a\nb".into() }, name("section"));
    check(|it| it.entries[1].said = reply(0.5, vec![Shown { url: "a\0".into(), ..shown() }]), name("url"));
    check(|it| it.entries[1].said = reply(0.5, vec![Shown { version: "\u{1b}".into(), ..shown() }]), name("version"));
}

#[test]
fn struck_entries_are_counted() {
    let whole = transcript(vec![question("a"), question("b"), question("c")]);
    let check = |places: &[usize], expected: &[&str], struck| {
        let less = whole.without(places);
        let texts: Vec<&Said> = less.entries.iter().map(|entry| &entry.said).collect();
        let expected: Vec<Said> = expected.iter().map(|text| question(text)).collect();
        assert_eq!((texts, less.struck), (expected.iter().collect(), struck), "{places:?}");
        assert_eq!(Transcript { entries: whole.entries.clone(), struck: 0, ..less }, whole);
    };
    check(&[], &["a", "b", "c"], 0);
    check(&[1], &["a", "c"], 1);
    check(&[2, 0, 2], &["b"], 2);
    check(&[7], &["a", "b", "c"], 0);
    assert_eq!(whole.without(&[0]).without(&[0]).struck, 2);
    assert_eq!(Transcript { struck: u32::MAX, ..whole.clone() }.without(&[0]).struck, u32::MAX);
}

#[test]
fn every_text_is_cleaned() {
    const CARD: &str = "4111 1111 1111 1111\0";
    let dirty = Shown {
        article: CARD.into(),
        section: CARD.into(),
        title: CARD.into(),
        url: CARD.into(),
        version: CARD.into(),
        confidence: 0.123_456,
        passage: CARD.into(),
    };
    let mut transcript = transcript(vec![
        question(CARD),
        reply(0.987_654, vec![dirty.clone()]),
        Said::Chosen { shown: dirty, vote: Some(Vote::Helped) },
        Said::Read { article: CARD.into(), section: CARD.into() },
        Said::Unavailable {},
    ]);
    transcript.page = Page { url: CARD.into(), title: CARD.into() };
    transcript.lang = CARD.into();
    let cleaned = transcript.cleaned();
    let json = serde_json::to_string(&cleaned).expect("transcripts become JSON");
    assert!(!json.contains("4111") && !json.contains("\\u0000"), "{json}");
    assert_eq!(json.matches("[card •••• 1111]\u{fffd}").count(), 3 + 1 + 6 + 6 + 2);
    assert!(json.contains("0.9877") && json.contains("0.1235"));
    // Nothing else has changed.
    assert_eq!((cleaned.cause, cleaned.struck, cleaned.entries.len()), (transcript.cause, transcript.struck, 5));
    assert_eq!(cleaned.cleaned(), cleaned);
}

proptest! {
    #[test]
    fn rounding_again_changes_nothing(confidence in 0.0..=1.0_f64) {
        let once = rounded(confidence);
        prop_assert!((0.0..=1.0).contains(&once) && (once - confidence).abs() <= 0.000_051);
        prop_assert_eq!(rounded(once).to_bits(), once.to_bits());
        let json = serde_json::to_string(&once).expect("numbers become JSON");
        let read: f64 = serde_json::from_str(&json).expect("numbers are read");
        prop_assert_eq!(read.to_bits(), once.to_bits());
    }
}
