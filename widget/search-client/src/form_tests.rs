use std::fmt::Debug;

use answer_messages::wire;
use serde::{Serialize, de::DeserializeOwned};

use super::*;

/// Both write the same, both read the same, and of bytes that end too early neither reads anything.
fn check<T: Form + Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let bytes = wire::encode(value);
    assert_eq!(encode(value), bytes, "{value:?}");
    assert_eq!(decode::<T>(&bytes).as_ref(), Some(value));
    for end in 0..bytes.len() {
        let cut = bytes.get(..end).unwrap();
        assert_eq!(decode::<T>(cut), wire::decode(cut).ok(), "{value:?} cut at {end}");
    }
}

fn hit() -> Hit {
    Hit {
        article: "en/reset".into(),
        section: "forgot".into(),
        title: "비밀번호".into(),
        url: "en/reset/".into(),
        version: "0a1b2c3d".into(),
        confidence: 0.625,
        snippet: Snippet { text: "Passage.".into(), ranges: vec![[0, 7], [300, u32::MAX]] },
    }
}

fn reply(decision: Decision, reason: Reason) -> Reply {
    Reply { question: "질문".into(), lang: "ko".into(), decision, reason, confidence: -0.1, hits: vec![hit(), hit()] }
}

#[test]
fn requests() {
    for (id, lang) in [(0, None), (127, Some(String::new())), (128, Some("ko-KR".into())), (u32::MAX, None)] {
        let question = Question { text: "질문 ?".into(), lang: lang.clone(), limit: 4 };
        for call in [
            Call::Open { kb: "https://a/kb/".into(), lang },
            Call::Ask(question),
            Call::Article("en/a".repeat(99)),
            Call::Prepare("how ".into()),
            Call::List,
            Call::Suggest("how".into()),
        ] {
            check(&Request { id, call });
        }
    }
}

#[test]
fn responses() {
    let response = |outcome| check(&Response { id: 300, outcome });
    for kind in [FailureKind::Unreachable, FailureKind::Damaged, FailureKind::NotFound, FailureKind::Misused] {
        response(Err(Failure { kind, detail: "why".into() }));
    }
    for decision in [Decision::Answer, Decision::Choose, Decision::HandOff] {
        for reason in [
            Reason::Confident,
            Reason::Tie,
            Reason::LowConfidence,
            Reason::NoMatch,
            Reason::AskedForPerson,
            Reason::Urgent,
        ] {
            response(Ok(Return::Answered(reply(decision, reason), 1.5e-7)));
        }
    }
    response(Ok(Return::Prepared));
    response(Ok(Return::Opened(Library {
        name: "Acme".into(),
        lang: "en".into(),
        languages: vec!["en".into(), "ko".into()],
        site_url: "/help/".into(),
        desk: Some("https://desk".into()),
        contact: Some("mailto:a@b".into()),
        suggestions: vec![("/ko/*".into(), vec!["가".into(), String::new()]), (String::new(), Vec::new())],
        count: 70_000,
        articles: vec![
            Listing {
                slug: "slug".into(),
                title: "title".into(),
                description: "description".into(),
                collection: "collection".into(),
                url: "url".into(),
                updated: "updated".into(),
            },
            Listing::default(),
        ],
    })));
}

#[test]
fn articles() {
    let mut nodes = vec![
        Node::Paragraph,
        Node::Heading { level: 200, id: "id".into() },
        Node::Quote,
        Node::List(None),
        Node::List(Some(u64::MAX)),
        Node::Item,
        Node::CodeBlock(None),
        Node::CodeBlock(Some("rust".into())),
        Node::Table,
        Node::Row,
        Node::Emphasis,
        Node::Strong,
        Node::Strikethrough,
        Node::Link(Target::Article { slug: "slug".into(), section: "section".into() }),
        Node::Link(Target::Section("section".into())),
        Node::Link(Target::External("https://a".into())),
        Node::Link(Target::Dead),
        Node::Subscript,
        Node::Superscript,
        Node::Keyboard,
        Node::Details,
        Node::Summary,
        Node::Footnote(7),
    ];
    nodes.extend([Alert::Note, Alert::Tip, Alert::Important, Alert::Warning, Alert::Caution].map(Node::Alert));
    nodes.extend([Align::Start, Align::Center, Align::End].map(|align| Node::Cell { header: true, align }));
    let mut events: Vec<Event> = nodes.into_iter().map(Event::Open).collect();
    events.extend([
        Event::Close,
        Event::Text("글".into()),
        Event::Code("code".into()),
        Event::LineBreak,
        Event::Rule,
        Event::Image(Image { path: "media/a.png".into(), alt: "alt".into(), size: Some((1, 70_000)) }),
        Event::Image(Image { path: String::new(), alt: String::new(), size: None }),
        Event::FootnoteReference(1),
        Event::Task(true),
        Event::Task(false),
    ]);
    check(&Article {
        slug: "slug".into(),
        lang: "lang".into(),
        title: "title".into(),
        url: "url".into(),
        updated: Some("2026-01-01".into()),
        collection: Some("collection".into()),
        version: "version".into(),
        events,
    });
}

#[test]
fn damaged_bytes_are_no_value() {
    assert_eq!(decode::<u32>(&[0xff, 0xff, 0xff, 0xff, 0x1f]), None, "more than 32 bits");
    assert_eq!(decode::<u64>(&[0xff; 11]), None, "no end");
    assert_eq!(decode::<String>(&[1, 0xff]), None, "no UTF-8");
    assert_eq!(decode::<Vec<u64>>(&[0xff, 0xff, 0xff, 0xff, 0x0f, 1]), None, "longer than all");
    assert_eq!(decode::<Event>(&[9]), None, "no such variant");
    assert_eq!(decode::<Align>(&[3]), None, "no such name");
}
