use std::fmt::Debug;

use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::*;
use crate::{
    Alert, Align, Article, Decision, Event, Hit, Image, Library, Listing, Node, Question, Reason, Reply, Snippet,
    Target,
    wire::{self, Call, Failure, FailureKind, Request, Response, Return},
};

/// What postcard writes is read as it was, and is cut nowhere without being refused.
fn check<T: Read + Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let bytes = wire::encode(value);
    assert_eq!(T::from_plain(&bytes).as_ref(), Some(value));
    for cut in 0..bytes.len() {
        assert_eq!(T::from_plain(&bytes[..cut]), None, "{value:?} cut at {cut}");
    }
}

fn library() -> Library {
    let listing = Listing {
        slug: "en/a".into(),
        title: "가".repeat(90),
        description: "d".into(),
        collection: "c".into(),
        url: "u/".into(),
        updated: String::new(),
    };
    Library {
        name: "n".into(),
        lang: "en".into(),
        languages: vec!["en".into(), "ko".into()],
        site_url: "https://example.com/".into(),
        desk: None,
        contact: Some("mailto:a@example.com".into()),
        suggestions: vec![("/a*".into(), vec!["q".into(), "r".into()])],
        articles: vec![listing.clone(), Listing { slug: "en/b".into(), ..listing }],
        count: 700,
    }
}

fn events() -> Vec<Event> {
    let nodes = vec![
        Node::Paragraph,
        Node::Heading { level: 2, id: "how".into() },
        Node::Quote,
        Node::Alert(Alert::Note),
        Node::Alert(Alert::Tip),
        Node::Alert(Alert::Important),
        Node::Alert(Alert::Warning),
        Node::Alert(Alert::Caution),
        Node::List(None),
        Node::List(Some(u64::MAX)),
        Node::Item,
        Node::CodeBlock(None),
        Node::CodeBlock(Some("rust".into())),
        Node::Table,
        Node::Row,
        Node::Cell { header: true, align: Align::Start },
        Node::Cell { header: false, align: Align::Center },
        Node::Cell { header: false, align: Align::End },
        Node::Emphasis,
        Node::Strong,
        Node::Strikethrough,
        Node::Link(Target::Article { slug: "a".into(), section: "b".into() }),
        Node::Link(Target::Section("s".into())),
        Node::Link(Target::External("https://example.com".into())),
        Node::Link(Target::Dead),
        Node::Subscript,
        Node::Superscript,
        Node::Keyboard,
        Node::Details,
        Node::Summary,
        Node::Footnote(300),
    ];
    let others = vec![
        Event::Close,
        Event::Text("글".into()),
        Event::Code("let".into()),
        Event::LineBreak,
        Event::Rule,
        Event::Image(Image { path: "p".into(), alt: "a".into(), size: Some((640, 480)) }),
        Event::Image(Image { path: String::new(), alt: "a".into(), size: None }),
        Event::FootnoteReference(u32::MAX),
        Event::Task(true),
        Event::Task(false),
    ];
    nodes.into_iter().map(Event::Open).chain(others).collect()
}

fn article() -> Article {
    Article {
        slug: "en/a".into(),
        lang: "en".into(),
        title: "A".into(),
        url: "a/".into(),
        updated: Some("2026-11-21".into()),
        collection: None,
        version: "0123456789abcdef".into(),
        events: events(),
    }
}

#[test]
fn all_that_is_read_is_read_as_postcard_writes_it() {
    for event in events() {
        check(&event);
    }
    check(&article());
    check(&library());
    check(&Library::default());
    let open = Call::Open { kb: "https://example.com/kb/".into(), lang: Some("ko".into()) };
    let ask = Call::Ask(Question { text: "어떻게".into(), lang: None, limit: 4 });
    for call in
        [open, ask, Call::Article("en/a".into()), Call::Prepare("how ".into()), Call::List, Call::Suggest("how".into())]
    {
        check(&Request { id: 70_000, call });
    }
}

#[test]
fn responses_are_as_postcard_writes_them() {
    let check = |outcome: Result<Return, Failure>| {
        let returned = match outcome.clone() {
            Ok(Return::Opened(library)) => Ok(Returned::Opened(library)),
            Ok(Return::Answered(reply, milliseconds)) => Ok(Returned::Answered(reply, milliseconds)),
            Ok(Return::Article(article)) => Ok(Returned::Article(wire::encode(&article))),
            Ok(Return::Prepared) => Ok(Returned::Prepared),
            Err(failure) => Err(failure),
        };
        assert_eq!(response(300, &returned), wire::encode(&Response { id: 300, outcome }));
    };
    check(Ok(Return::Opened(library())));
    check(Ok(Return::Article(article())));
    check(Ok(Return::Prepared));
    for kind in [FailureKind::Unreachable, FailureKind::Damaged, FailureKind::NotFound, FailureKind::Misused] {
        check(Err(Failure { kind, detail: "why".into() }));
    }
    let hit = Hit {
        article: "en/a".into(),
        section: "how".into(),
        title: "A".into(),
        url: "a/".into(),
        version: "01234567".into(),
        confidence: 0.75,
        snippet: Snippet { text: "t".repeat(300), ranges: vec![[1, 5], [200, 70_000]] },
    };
    let reasons = [
        Reason::Confident,
        Reason::Tie,
        Reason::LowConfidence,
        Reason::NoMatch,
        Reason::AskedForPerson,
        Reason::Urgent,
    ];
    for reason in reasons {
        for decision in [Decision::Answer, Decision::Choose, Decision::HandOff] {
            let hits = vec![hit.clone(); 2];
            let (question, lang) = ("q".to_owned(), "en".to_owned());
            check(Ok(Return::Answered(Reply { question, lang, decision, reason, confidence: 0.5, hits }, 1.25)));
        }
    }
}

proptest! {
    #[test]
    fn numbers_and_noise(number in any::<u32>(), long in any::<u64>(), short in any::<u16>(), noise in proptest::collection::vec(any::<u8>(), 0..24)) {
        check(&number);
        check(&long);
        check(&short);
        prop_assert_eq!(u32::from_plain(&noise), postcard::from_bytes(&noise).ok());
        prop_assert_eq!(u16::from_plain(&noise), postcard::from_bytes(&noise).ok());
        prop_assert_eq!(u64::from_plain(&noise), postcard::from_bytes(&noise).ok());
        prop_assert_eq!(Request::from_plain(&noise), postcard::from_bytes(&noise).ok());
        prop_assert_eq!(Vec::<Event>::from_plain(&noise), postcard::from_bytes(&noise).ok());
    }
}
