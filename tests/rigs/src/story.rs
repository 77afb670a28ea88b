//! One conversation from hand-off to close, while the desk may die at any moment, and its judgement.

use std::time::Duration;

use handoff::Cause;
use handoff::api::NewHandoff;
use handoff::transcript::{self, Decision, Entry, Page, Reason, Said, Shown, Transcript};

use crate::http::{Caller, Routes, until_it_works};
use crate::oracle::{Violations, judge};
use crate::person::{self, Plan};
use crate::random::{Random, id};

/// How much is said, and how fast.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Messages that each side writes.
    pub(crate) messages: usize,
    /// Longest pause between two of them, in milliseconds.
    pub(crate) pause_ms: u64,
    /// Seconds after which whoever still waits for something gives up.
    pub(crate) longest_s: u64,
}

/// Plays a conversation and gives what was wrong with it, and how many messages it had.
///
/// # Errors
/// Where a route never works.
pub(crate) async fn play(routes: &Routes, cookie: &str, pace: Pace, seed: u64) -> anyhow::Result<(Violations, usize)> {
    let mut random = Random::new(seed);
    let body = hand_off(&mut random);
    let key = id();
    // A visitor whose desk does not answer sends the same again.
    let receipt = until_it_works(async || routes.hand_off(&key, &body).await).await?;
    let agent = Caller::Agent { cookie: cookie.to_owned(), conversation: receipt.conversation.clone() };
    let visitor = Caller::Visitor(receipt.token.clone());
    until_it_works(async || routes.act(&agent, "assign").await).await?;

    let texts =
        |who: &str, random: &mut Random| -> Vec<String> { (0..pace.messages).map(|n| text(who, n, random)).collect() };
    let plan = |texts, polls| Plan {
        texts,
        pause_ms: pace.pause_ms,
        // Handed off, the visitor's first words, assigned; then both write.
        events: 3 + 2 * pace.messages,
        polls,
        reload_one_in: 40,
        longest: Duration::from_secs(pace.longest_s),
    };
    let visitors = plan(texts("visitor", &mut random), random.between(0, 2) == 0);
    let agents = plan(texts("agent", &mut random), random.between(0, 4) == 0);
    let (said, answered) = tokio::join!(
        person::run(routes, &visitor, &visitors, random.next()),
        person::run(routes, &agent, &agents, random.clone().next()),
    );

    let mut log = Vec::new();
    loop {
        let after = log.len() as u64;
        let page = until_it_works(async || routes.events(&agent, after, 0).await).await?;
        if page.events.is_empty() {
            break;
        }
        log.extend(page.events);
    }
    let mut violations = judge(&log, &said, &answered);
    let again = until_it_works(async || routes.hand_off(&key, &body).await).await?;
    let kept = until_it_works(async || routes.conversation(&agent).await).await?;
    violations.transcripts += usize::from(again.conversation != receipt.conversation || again.token != receipt.token);
    violations.transcripts += usize::from(kept.transcript != body.transcript);
    until_it_works(async || routes.act(&agent, "close").await).await?;
    Ok((violations, log.len()))
}

/// A message that no other equals: short ones mostly, some long, some with what breaks careless code.
fn text(who: &str, n: usize, random: &mut Random) -> String {
    let body = match random.between(0, 40) {
        0 => "긴 글 ".repeat(3_000),
        1 => "👩‍👩‍👧‍👦 \u{202e}rtl\u{202c} \u{0301}\u{feff}".to_owned(),
        2 => "line\nline\r\n\ttab \"quoted\" \\ </script>".to_owned(),
        3 => "x".repeat(60_000),
        _ => "how do I get back in?".to_owned(),
    };
    format!("{who} {n}: {body}")
}

/// A hand-off with a question and what was shown for it.
pub(crate) fn hand_off(random: &mut Random) -> NewHandoff {
    // Few digits: a long number may be a card's, which the desk takes out.
    let question = format!("my question {}", random.between(0, 1_000_000));
    let shown = Shown {
        article: "reset-password".into(),
        section: "forgot-it".into(),
        title: "Reset your password".into(),
        url: "account/reset-password/".into(),
        version: "0123abcd".into(),
        confidence: 0.31,
        passage: "Open the settings. 설정을 여세요.".into(),
    };
    let entries = vec![
        Entry { at_ms: 1_700_000_000_000, said: Said::Question { text: question.clone() } },
        Entry {
            at_ms: 1_700_000_000_100,
            said: Said::Reply {
                decision: Decision::HandOff,
                reason: Reason::LowConfidence,
                confidence: 0.31,
                shown: vec![shown],
                vote: None,
            },
        },
    ];
    NewHandoff {
        message: question,
        name: Some("Rig".into()),
        email: None,
        transcript: Transcript {
            version: transcript::VERSION,
            lang: "en".into(),
            page: Page { url: "https://shop.example/".into(), title: "Shop".into() },
            cause: Cause::LowConfidence,
            entries,
            struck: 0,
        },
    }
}
