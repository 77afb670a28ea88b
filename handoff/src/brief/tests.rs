use super::*;
use crate::transcript::{Decision, Entry, VERSION};

fn shown(article: &str, confidence: f64) -> Shown {
    Shown {
        article: article.into(),
        section: "how".into(),
        title: article.to_uppercase(),
        url: format!("{article}/"),
        version: "0a1b2c3d".into(),
        confidence,
        passage: "Words.".into(),
    }
}

fn question(text: &str) -> Said {
    Said::Question { text: text.into() }
}

fn reply(decision: Decision, reason: Reason, hits: &[(&str, f64)], vote: Option<Vote>) -> Said {
    let shown: Vec<Shown> = hits.iter().map(|(article, confidence)| shown(article, *confidence)).collect();
    Said::Reply { decision, reason, confidence: hits.first().map_or(0.0, |(_, confidence)| *confidence), shown, vote }
}

fn brief(cause: Cause, entries: Vec<Said>) -> Brief {
    let entries = entries.into_iter().map(|said| Entry { at_ms: 1, said }).collect();
    let page = Page { url: "https://shop.example/pay".into(), title: "Pay".into() };
    let transcript = Transcript { version: VERSION, lang: "ko".into(), page, cause, entries, struck: 2 };
    Brief::of(&transcript, "Please help me with this.")
}

/// Articles in short: slug, sureness, and what came of it.
fn told(articles: &[Seen]) -> Vec<String> {
    let flag = |is, name| if is { name } else { "" };
    articles
        .iter()
        .map(|seen| {
            format!(
                "{} {:?}{}{}{}{}",
                seen.article,
                seen.sureness,
                flag(seen.answered, " answered"),
                flag(seen.chosen, " chosen"),
                flag(seen.read, " read"),
                seen.vote.map(|vote| format!(" {vote:?}")).unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn nothing_asked() {
    let brief = brief(Cause::VisitorChose, vec![]);
    assert_eq!(brief.question, "Please help me with this.");
    assert_eq!((brief.questions.len(), brief.articles.len(), brief.suggested.len()), (0, 0, 0));
    assert_eq!((brief.reason, brief.sureness, brief.confidence, brief.urgent), (None, Sureness::None, None, None));
    assert_eq!((brief.lang.as_str(), brief.page.title.as_str(), brief.struck), ("ko", "Pay", 2));
}

#[test]
fn all_that_was_seen() {
    let brief = brief(
        Cause::NotHelped,
        vec![
            question("first"),
            reply(Decision::Choose, Reason::Tie, &[("a", 0.5), ("b", 0.45), ("c", 0.1)], None),
            Said::Chosen { shown: shown("b", 0.45), vote: Some(Vote::Helped) },
            Said::Read { article: "c".into(), section: "x".into() },
            Said::Read { article: "z".into(), section: "top".into() },
            question("second"),
            reply(Decision::Answer, Reason::Confident, &[("a", 0.9), ("d", 0.2), ("e", 0.2)], Some(Vote::NotHelped)),
        ],
    );
    assert_eq!(
        (brief.question.as_str(), brief.questions.as_slice()),
        ("second", &["first".into(), "second".into()][..])
    );
    assert_eq!((brief.reason, brief.sureness, brief.confidence), (Some(Reason::Confident), Sureness::Sure, Some(0.9)));
    assert_eq!(
        told(&brief.articles),
        ["a Sure answered NotHelped", "b Unsure chosen Helped", "c Unsure read", "z None read", "d Unsure", "e Unsure"]
    );
    assert_eq!(told(&brief.suggested), ["b Unsure chosen Helped", "d Unsure", "e Unsure", "c Unsure read"]);
    let read = &brief.articles[3];
    assert_eq!((read.section.as_str(), read.title.as_str(), read.confidence), ("top", "", None));
}

#[test]
fn a_reply_counts_for_its_own_question_only() {
    let first = reply(Decision::Answer, Reason::Confident, &[("a", 0.9)], None);
    let brief =
        brief(Cause::SearchUnavailable, vec![question("first"), first, question("second"), Said::Unavailable {}]);
    assert_eq!((brief.reason, brief.sureness, brief.confidence), (None, Sureness::None, None));
}

#[test]
fn what_cannot_wait() {
    let urgent = || reply(Decision::HandOff, Reason::Urgent, &[], None);
    assert_eq!(brief(Cause::Urgent, vec![question("hacked"), urgent()]).urgent, Some(Urgency::Cause));
    let entries =
        vec![question("hacked"), urgent(), question("refunds"), reply(Decision::HandOff, Reason::NoMatch, &[], None)];
    assert_eq!(brief(Cause::NoMatch, entries).urgent, Some(Urgency::Question));
    let transcript = Transcript {
        version: VERSION,
        lang: "en".into(),
        page: Page::default(),
        cause: Cause::VisitorChose,
        entries: vec![],
        struck: 0,
    };
    assert_eq!(Brief::of(&transcript, "My account was hacked").urgent, Some(Urgency::Message));
}

#[test]
fn confidences_in_words() {
    let check = |confidence, expected| assert_eq!(Sureness::of(confidence), expected, "{confidence}");
    check(1.0, Sureness::Sure);
    check(0.8, Sureness::Sure);
    check(0.79, Sureness::Likely);
    check(0.5, Sureness::Likely);
    check(0.49, Sureness::Unsure);
    check(0.01, Sureness::Unsure);
    check(0.0, Sureness::None);
    check(f64::NAN, Sureness::None);
}
