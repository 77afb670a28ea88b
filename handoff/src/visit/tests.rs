use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::{
    Cause, Transcript,
    limits::LATEST_MS,
    transcript::{self, Page},
};

fn hit(article: &str, confidence: f64) -> Hit {
    Hit {
        article: article.into(),
        section: String::new(),
        title: article.to_uppercase(),
        url: format!("{article}/"),
        version: "0a1b2c3d".into(),
        confidence,
        snippet: Snippet { text: format!("First line of {article}.\nSecond line."), ranges: vec![[0, 5]] },
    }
}

fn reply(decision: Decision, reason: Reason, articles: &[&str], vote: Option<Vote>) -> Said {
    let hits: Vec<Hit> = articles.iter().map(|article| hit(article, 0.5)).collect();
    let (question, lang) = ("How?".into(), "en".into());
    Said::Reply { question: 1, reply: Reply { question, lang, decision, reason, confidence: 0.5, hits }, vote }
}

fn picked(article: &str, vote: Option<Vote>) -> Said {
    Said::Picked { reply: 2, hit: hit(article, 0.5), vote }
}

fn question() -> Said {
    Said::Question("How?".into())
}

/// A record of these entries, numbered from 1.
fn visit(said: impl IntoIterator<Item = Said>) -> Visit {
    let items = (1..).zip(said).map(|(id, said)| Item { id, at: f64::from(id), said }).collect();
    Visit { version: VERSION, items, trail: vec![], spoken: None }
}

fn transcript(said: impl IntoIterator<Item = Said>) -> Transcript {
    visit(said).transcript("en", Page::default())
}

/// The cause, and each entry in a line.
fn check(said: impl IntoIterator<Item = Said>) -> String {
    let transcript = transcript(said);
    assert_eq!(transcript.validate(), Ok(()));
    let seen = |shown: &transcript::Shown| format!("{}({})", shown.article, shown.passage.replace('\n', "/"));
    let vote = |vote: Option<transcript::Vote>| vote.map(|vote| format!(" {vote:?}")).unwrap_or_default();
    let lines = transcript.entries.iter().map(|entry| match &entry.said {
        transcript::Said::Question { text } => format!("question {text}"),
        transcript::Said::Reply { decision, reason, shown, vote: voted, .. } => {
            let shown: Vec<String> = shown.iter().map(seen).collect();
            format!("{decision:?} {reason:?} [{}]{}", shown.join(", "), vote(*voted))
        }
        transcript::Said::Chosen { shown, vote: voted } => format!("chosen {}{}", seen(shown), vote(*voted)),
        transcript::Said::Read { article, section } => format!("read {article} {section}"),
        transcript::Said::Unavailable {} => "unavailable".to_owned(),
    });
    [format!("{:?}", transcript.cause)].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

const FIVE: [&str; 5] = ["a", "b", "c", "d", "e"];

#[test]
fn an_answer_shows_its_passage() {
    let answer = |vote| [question(), reply(Decision::Answer, Reason::Confident, &FIVE, vote)];
    assert_snapshot!(check(answer(None)), @"
    VisitorChose
    question How?
    Answer Confident [a(First line of a./Second line.)]
    ");
    assert_snapshot!(check(answer(Some(Vote::Helped))), @"
    VisitorChose
    question How?
    Answer Confident [a(First line of a./Second line.)] Helped
    ");
    assert_snapshot!(check(answer(Some(Vote::NotHelped))), @"
    NotHelped
    question How?
    Answer Confident [a(First line of a./Second line.), b(First line of b.), c(First line of c.)] NotHelped
    ");
}

#[test]
fn picks_uncover_the_next() {
    let answer = || [question(), reply(Decision::Answer, Reason::Confident, &FIVE, Some(Vote::NotHelped))];
    assert_snapshot!(check(answer().into_iter().chain([picked("b", None)])), @"
    NotHelped
    question How?
    Answer Confident [a(First line of a./Second line.), b(First line of b.), c(First line of c.), d(First line of d.)] NotHelped
    chosen b(First line of b./Second line.)
    ");
    assert_snapshot!(check(answer().into_iter().chain([picked("b", Some(Vote::Helped))])), @"
    VisitorChose
    question How?
    Answer Confident [a(First line of a./Second line.), b(First line of b.), c(First line of c.), d(First line of d.)] NotHelped
    chosen b(First line of b./Second line.) Helped
    ");
    // The vote was taken back, but what was picked had been listed.
    let back = [question(), reply(Decision::Answer, Reason::Confident, &FIVE, None), picked("b", None)];
    assert_snapshot!(check(back), @"
    VisitorChose
    question How?
    Answer Confident [a(First line of a./Second line.), b(First line of b.)]
    chosen b(First line of b./Second line.)
    ");
}

#[test]
fn a_choice_lists_three() {
    let choice = || [question(), reply(Decision::Choose, Reason::Tie, &FIVE, None)];
    assert_snapshot!(check(choice()), @"
    VisitorChose
    question How?
    Choose Tie [a(First line of a.), b(First line of b.), c(First line of c.)]
    ");
    assert_snapshot!(check(choice().into_iter().chain([picked("b", Some(Vote::NotHelped))])), @"
    NotHelped
    question How?
    Choose Tie [a(First line of a.), b(First line of b.), c(First line of c.)]
    chosen b(First line of b./Second line.) NotHelped
    ");
    let two = choice().into_iter().chain([picked("b", Some(Vote::NotHelped)), picked("c", Some(Vote::NotHelped))]);
    assert_snapshot!(check(two), @"
    NotHelped
    question How?
    Choose Tie [a(First line of a.), b(First line of b.), c(First line of c.), d(First line of d.)]
    chosen b(First line of b./Second line.) NotHelped
    chosen c(First line of c./Second line.) NotHelped
    ");
}

/// What stood above already is named by its title, and others are offered at once.
#[test]
fn the_same_answer_again() {
    let again = |decision, hits: &[&str]| [question(), reply(decision, Reason::Confident, hits, None)];
    assert_snapshot!(check(again(Decision::Choose, &FIVE)), @"
    VisitorChose
    question How?
    Choose Confident [a(), b(First line of b.), c(First line of c.)]
    ");
    assert_snapshot!(check(again(Decision::HandOff, &["a"])), @"
    VisitorChose
    question How?
    HandOff Confident [a()]
    ");
    assert_snapshot!(check(again(Decision::Choose, &FIVE).into_iter().chain([picked("c", None)])), @"
    VisitorChose
    question How?
    Choose Confident [a(), b(First line of b.), c(First line of c.), d(First line of d.)]
    chosen c(First line of c./Second line.)
    ");
}

#[test]
fn no_answer() {
    let hand_off = |reason, hits: &[&str]| [question(), reply(Decision::HandOff, reason, hits, None)];
    assert_snapshot!(check(hand_off(Reason::LowConfidence, &FIVE)), @"
    LowConfidence
    question How?
    HandOff LowConfidence [a(First line of a.), b(First line of b.), c(First line of c.)]
    ");
    assert_snapshot!(check(hand_off(Reason::NoMatch, &[])), @"
    NoMatch
    question How?
    HandOff NoMatch []
    ");
    // The engine gives hits whatever it decides; these were not shown.
    assert_snapshot!(check(hand_off(Reason::AskedForPerson, &FIVE)), @"
    AskedForPerson
    question How?
    HandOff AskedForPerson []
    ");
    assert_snapshot!(check(hand_off(Reason::Urgent, &FIVE)), @"
    Urgent
    question How?
    HandOff Urgent []
    ");
    // A bundle that has changed since: an answer without hits is shown as none.
    let empty = [question(), reply(Decision::Answer, Reason::Confident, &[], None)];
    assert_snapshot!(check(empty), @"
    VisitorChose
    question How?
    Answer Confident []
    ");
}

#[test]
fn causes() {
    let read = || Said::Read { place: Place { article: "a".into(), section: "s".into() } };
    let unavailable = || Said::Unavailable { question: 1 };
    let low = || reply(Decision::HandOff, Reason::LowConfidence, &FIVE, None);
    let not_helped = || reply(Decision::Answer, Reason::Confident, &FIVE, Some(Vote::NotHelped));
    let check = |said: Vec<Said>, expected| assert_eq!(transcript(said).cause, expected);
    check(vec![], Cause::VisitorChose);
    check(vec![read()], Cause::VisitorChose);
    check(vec![question()], Cause::VisitorChose);
    check(vec![question(), unavailable()], Cause::SearchUnavailable);
    check(vec![question(), unavailable(), read()], Cause::SearchUnavailable);
    check(vec![question(), not_helped(), read()], Cause::NotHelped);
    // A person was offered, and reading one of the closest has not changed that; saying that it helped has.
    check(vec![question(), low(), picked("a", None)], Cause::LowConfidence);
    check(vec![question(), low(), picked("a", Some(Vote::Helped))], Cause::VisitorChose);
    check(vec![question(), low(), picked("a", Some(Vote::NotHelped))], Cause::NotHelped);
    // An earlier question's answers say nothing of the latest.
    check(vec![question(), not_helped(), question()], Cause::VisitorChose);
    // A pick of a reply that is no longer there.
    check(vec![picked("a", None)], Cause::VisitorChose);
}

#[test]
fn numbers_are_brought_into_bounds() {
    let times = [f64::NAN, -1.0, f64::NEG_INFINITY, 0.4, 1_763_769_600_000.9, f64::INFINITY];
    let mut visit = visit(times.map(|_| question()));
    for (item, at) in visit.items.iter_mut().zip(times) {
        item.at = at;
    }
    let transcript = visit.transcript("en", Page::default());
    let times: Vec<u64> = transcript.entries.iter().map(|entry| entry.at_ms).collect();
    assert_eq!(times, [0, 0, 0, 0, 1_763_769_600_000, LATEST_MS]);

    let check = |confidence: f64, expected: f64| {
        let picked = Said::Picked { reply: 1, hit: hit("a", confidence), vote: None };
        let transcript = self::transcript([picked]);
        let transcript::Said::Chosen { shown, .. } = &transcript.entries[0].said else { panic!() };
        assert_eq!(shown.confidence.to_bits(), expected.to_bits(), "{confidence}");
    };
    check(f64::NAN, 0.0);
    check(-0.0, 0.0);
    check(-3.0, 0.0);
    check(7.0, 1.0);
    check(0.123_456_789, 0.1235);
}

#[test]
fn pages_lose_their_fragment() {
    let check = |url: &str, expected: &str| {
        let page = Page { url: url.into(), title: "T".into() };
        let transcript = visit([]).transcript("ko", page);
        assert_eq!((transcript.page.url.as_str(), transcript.page.title.as_str()), (expected, "T"));
    };
    check("https://a.example/x?y=1#z", "https://a.example/x?y=1");
    check("https://a.example/#a#b", "https://a.example/");
    check("https://a.example/", "https://a.example/");
    check("#x", "");
    assert_eq!(visit([]).transcript("ko-KR", Page::default()).lang, "ko-KR");
    assert_eq!(visit([]).transcript("<script>", Page::default()).lang, "und");
}

#[test]
fn long_lines_are_cut_at_a_word() {
    let mut long = hit("a", 0.5);
    long.snippet.text = format!("\n  {}\nnext", "word ".repeat(40));
    let reply = Reply {
        question: String::new(),
        lang: "en".into(),
        decision: Decision::Choose,
        reason: Reason::Tie,
        confidence: 0.5,
        hits: vec![long],
    };
    let transcript = transcript([Said::Reply { question: 1, reply, vote: None }]);
    let transcript::Said::Reply { shown, .. } = &transcript.entries[0].said else { panic!() };
    assert_eq!(shown[0].passage, format!("{}…", "word ".repeat(22).trim_end()));
}

/// A record of version 2 as bytes: the form that is in visitors' storage and must not move.
#[test]
fn version_2_in_bytes() {
    let visit = Visit {
        version: 2,
        items: vec![
            Item { id: 1, at: 1.5, said: Said::Question("Hi?".into()) },
            Item {
                id: 2,
                at: 2.0,
                said: Said::Reply {
                    question: 1,
                    reply: Reply {
                        question: "Hi?".into(),
                        lang: "en".into(),
                        decision: Decision::HandOff,
                        reason: Reason::Urgent,
                        confidence: 0.5,
                        hits: vec![Hit {
                            article: "a".into(),
                            section: "s".into(),
                            title: "T".into(),
                            url: "u".into(),
                            version: "v".into(),
                            confidence: 0.5,
                            snippet: Snippet { text: "x".into(), ranges: vec![[0, 300]] },
                        }],
                    },
                    vote: Some(Vote::NotHelped),
                },
            },
            Item { id: 3, at: 3.0, said: Said::Unavailable { question: 1 } },
            Item { id: 4, at: 4.0, said: Said::Read { place: Place { article: "a".into(), section: String::new() } } },
        ],
        trail: vec![View::Browse, View::Article(Place { article: "a".into(), section: "s".into() })],
        spoken: Some(("en".into(), "ko".into())),
    };
    let stored = [
        "0204",                         // version, number of entries
        "01000000000000f83f000348693f", // question
        "02000000000000004001",
        "010348693f02656e0205000000000000e03f", // reply
        "0101610173015401750176000000000000e03f01780100ac02",
        "0101",                         // its hit, the vote
        "0300000000000008400301",       // unavailable
        "04000000000000104004016100",   // read
        "020001016101730102656e026b6f", // trail, language
    ];
    let stored = stored.concat();
    let hex: String = visit.encode().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, stored);
    let bytes: Vec<u8> =
        (0..stored.len() / 2).map(|at| u8::from_str_radix(&stored[at * 2..at * 2 + 2], 16).unwrap()).collect();
    assert_eq!(Visit::decode(&bytes), Ok(visit));
}

#[test]
fn other_versions_are_not_read() {
    for version in [0, 1, 3, 200] {
        let visit = Visit { version, ..visit([question()]) };
        assert_eq!(Visit::decode(&visit.encode()), Err(Unreadable));
    }
    assert_eq!(Visit::decode(b""), Err(Unreadable));
    assert_eq!(Visit::decode(b"{}"), Err(Unreadable));
}

fn text() -> impl Strategy<Value = String> {
    "[a-z가-힣 #\u{0}\n\u{10ffff}]{0,12}"
}

prop_compose! {
    fn hits()(hits in prop::collection::vec((text(), text(), text(), -1.0..2.0_f64, prop::sample::select(&["a", "b", "c", ""][..])), 0..6))
        -> Vec<Hit>
    {
        let hit = |(section, title, text, confidence, article): (String, String, String, f64, &str)| Hit {
            article: article.into(),
            section,
            url: title.clone(),
            title,
            version: String::new(),
            confidence,
            snippet: Snippet { text, ranges: vec![[3, 1]] },
        };
        hits.into_iter().map(hit).collect()
    }
}

fn vote() -> impl Strategy<Value = Option<Vote>> {
    prop::sample::select(vec![None, Some(Vote::Helped), Some(Vote::NotHelped)])
}

fn any_said() -> impl Strategy<Value = Said> {
    let decision = prop::sample::select(vec![Decision::Answer, Decision::Choose, Decision::HandOff]);
    let reason = prop::sample::select(vec![
        Reason::Confident,
        Reason::Tie,
        Reason::LowConfidence,
        Reason::NoMatch,
        Reason::AskedForPerson,
        Reason::Urgent,
    ]);
    let reply = (0..6_u32, text(), decision, reason, -1.0..2.0_f64, hits(), vote());
    prop_oneof![
        text().prop_map(Said::Question),
        reply.prop_map(|(of, question, decision, reason, confidence, hits, vote)| Said::Reply {
            question: of,
            reply: Reply { question, lang: "en".into(), decision, reason, confidence, hits },
            vote,
        }),
        (0..6_u32, hits(), vote()).prop_map(|(reply, hits, vote)| match hits.into_iter().next() {
            Some(hit) => Said::Picked { reply, hit, vote },
            None => Said::Unavailable { question: reply },
        }),
        (text(), text()).prop_map(|(article, section)| Said::Read { place: Place { article, section } }),
    ]
}

prop_compose! {
    fn any_visit()(said in prop::collection::vec((0..6_u32, -1e18..1e18_f64, any_said()), 0..8), spoken in prop::option::of((text(), text())))
        -> Visit
    {
        let items = said.into_iter().map(|(id, at, said)| Item { id, at, said }).collect();
        Visit { version: VERSION, items, trail: vec![View::Browse], spoken }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(visit in any_visit()) {
        prop_assert_eq!(Visit::decode(&visit.encode()), Ok(visit));
    }

    #[test]
    fn noise_is_refused_or_told(mut bytes in prop::collection::vec(any::<u8>(), 0..200), version in any::<bool>()) {
        if let (true, Some(first)) = (version, bytes.first_mut()) {
            *first = 2;
        }
        if let Ok(visit) = Visit::decode(&bytes) {
            prop_assert_eq!(visit.transcript("en", Page::default()).validate(), Ok(()));
        }
    }

    #[test]
    fn damage_is_refused_or_told(visit in any_visit(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = visit.encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(visit) = Visit::decode(&bytes) {
            prop_assert_eq!(visit.transcript("en", Page::default()).validate(), Ok(()));
        }
    }

    #[test]
    fn every_record_can_be_handed_off(visit in any_visit(), lang in text(), url in text()) {
        let transcript = visit.transcript(&lang, Page { url, title: lang.clone() });
        prop_assert_eq!(transcript.validate(), Ok(()));
        let cleaned = transcript.cleaned();
        prop_assert_eq!(cleaned.validate(), Ok(()));
        prop_assert_eq!(cleaned.cleaned(), cleaned);
    }
}

#[test]
fn absurd_sizes_are_cut() {
    let huge = "\0".repeat(1 << 20);
    let mut hits = vec![hit("a", 0.5); 200];
    for (at, hit) in (0..).zip(&mut hits) {
        hit.article = format!("{at}{huge}");
        (hit.title, hit.snippet.text) = (huge.clone(), huge.clone());
    }
    let reply = |decision| Reply {
        question: huge.clone(),
        lang: huge.clone(),
        decision,
        reason: Reason::Tie,
        confidence: 0.5,
        hits: hits.clone(),
    };
    let mut said = vec![Said::Question(huge.clone()); 1100];
    said.push(Said::Reply { question: 1, reply: reply(Decision::Answer), vote: Some(Vote::NotHelped) });
    said.extend(hits.iter().take(50).map(|hit| Said::Picked { reply: 1101, hit: hit.clone(), vote: None }));
    let page = Page { url: huge.clone(), title: huge.clone() };
    let transcript = visit(said).transcript("en", page);
    assert_eq!(transcript.validate(), Ok(()));
    assert_eq!(transcript.cleaned().validate(), Ok(()));
}
