//! The indexer's own answers and the worker's in a real Chromium are the same, question by question.

use answer_messages::{
    Decision, Hit, Question, Reason, Reply,
    wire::{Call, Return},
};
use anyhow::{Context, bail, ensure};
use system_tests::{
    browser::Browser,
    kb::{self, Answer, Asked, Source},
    site::Site,
    wait, worker,
};

/// Hits asked for.
const LIMIT: u32 = 10;
/// How far confidences may be apart.
const NEAR: f64 = 1e-6;
/// Requests sent to the browser at once.
const CHUNK: usize = 40;

/// Words that no article has, marks, scripts, commands and lengths that a visitor may well type.
const NONSENSE: [&str; 22] = [
    "zxqv wobblefrog",
    "",
    "   ",
    "?",
    "🎉🎉🎉",
    "\u{202E}txet siht",
    "title:embed AND (bubble OR \"widget\"~2)",
    "a",
    "the the the the",
    "ㅋㅋㅋㅋ",
    "ㅂㅣㅁㅣㄹ",
    "어떠케 하나여",
    "１２３ ＡＢＣ 비밀번호",
    "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF} 문서",
    "cafe\u{301} ﬁle",
    "パスワードを忘れた",
    "密码",
    "talk to a human please",
    "상담원 연결해 주세요",
    "I think somebody hacked my account, this is urgent",
    "'; DROP TABLE articles; --",
    "<script>alert(1)</script>",
];

/// All sample questions, every third with a typing error, and nonsense in both languages.
fn questions(sources: &[Source]) -> Vec<Asked> {
    let mut all: Vec<(String, String)> = Vec::new();
    for source in sources {
        for question in &source.questions {
            all.push((question.clone(), source.lang.clone()));
        }
    }
    let typed_wrong: Vec<(String, String)> =
        all.iter().step_by(3).map(|(question, lang)| (mistyped(question), lang.clone())).collect();
    all.extend(typed_wrong);
    for question in NONSENSE {
        all.extend(["en", "ko"].map(|lang| (question.to_owned(), lang.to_owned())));
    }
    all.push(("long words ".repeat(400), "en".to_owned()));
    all.push(("긴 질문이에요 ".repeat(300), "ko".to_owned()));
    let numbered = all.into_iter().enumerate();
    numbered.map(|(at, (question, lang))| Asked { id: at.to_string(), question, lang: Some(lang) }).collect()
}

/// Two neighbouring letters of the longest word change places.
fn mistyped(question: &str) -> String {
    let longest = question.split(' ').max_by_key(|word| word.chars().count()).unwrap_or_default();
    let mut letters: Vec<char> = longest.chars().collect();
    let middle = letters.len() / 2;
    if letters.len() > 2 {
        letters.swap(middle, middle - 1);
    }
    question.replacen(longest, &letters.into_iter().collect::<String>(), 1)
}

/// What differs between the two answers to a question.
fn difference(native: &Answer, web: &Reply) -> Option<String> {
    let decision = match web.decision {
        Decision::Answer => "answer",
        Decision::Choose => "choose",
        Decision::HandOff => "hand_off",
    };
    let reason = match web.reason {
        Reason::Confident => "confident",
        Reason::Tie => "tie",
        Reason::LowConfidence => "low_confidence",
        Reason::NoMatch => "no_match",
        Reason::AskedForPerson => "asked_for_person",
        Reason::Urgent => "urgent",
    };
    let mut all = vec![
        same("language", &native.lang, &web.lang),
        same("decision", native.decision.as_str(), decision),
        same("reason", native.reason.as_str(), reason),
        near("confidence", native.confidence, web.confidence),
        same("number of hits", &native.hits.len(), &web.hits.len()),
    ];
    for (native, web) in native.hits.iter().zip(&web.hits) {
        all.extend(of_hits(native, web));
    }
    let all: Vec<String> = all.into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn of_hits(native: &kb::Hit, web: &Hit) -> [Option<String>; 8] {
    [
        same("article", &native.article, &web.article),
        same("section", &native.section, &web.section),
        same("title", &native.title, &web.title),
        same("address", &native.url, &web.url),
        same("version", &native.version, &web.version),
        same("passage", &native.snippet.text, &web.snippet.text),
        same("marks", &native.snippet.ranges, &web.snippet.ranges),
        near("confidence of a hit", native.confidence, web.confidence),
    ]
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, native: &T, web: &T) -> Option<String> {
    (native != web).then(|| format!("{what}: {native:?}, in the browser {web:?}"))
}

fn near(what: &str, native: f64, web: f64) -> Option<String> {
    let apart = (native - web).abs();
    (apart.is_nan() || apart > NEAR).then(|| format!("{what}: {native}, in the browser {web}"))
}

/// Asks the worker the questions of some native answers, and gives the differences.
async fn differences(browser: &Browser, asked: &[Asked], native: &[Answer]) -> anyhow::Result<Vec<String>> {
    let mut differences = Vec::new();
    for (asked, native) in asked.chunks(CHUNK).zip(native.chunks(CHUNK)) {
        let call = |asked: &Asked| {
            Call::Ask(Question { text: asked.question.clone(), lang: asked.lang.clone(), limit: LIMIT })
        };
        let returned = worker::send(browser, asked.iter().map(call).collect()).await?;
        for (native, web) in native.iter().zip(returned) {
            let Return::Answered(web, _) = web.result else { bail!("another return than an answer") };
            if let Some(difference) = difference(native, &web) {
                differences.push(format!("“{}” ({}): {difference}", native.question, native.lang));
            }
        }
    }
    Ok(differences)
}

#[tokio::test]
async fn the_browser_says_what_the_indexer_says() -> anyhow::Result<()> {
    let site = Site::start()?;
    let asked = questions(&kb::sources()?);
    ensure!(asked.len() >= 200, "only {} questions", asked.len());
    let native = kb::ask_all(&site.kb(), &asked, LIMIT)?;
    let by_words = kb::ask_all_without_words(&site.kb(), &asked, LIMIT)?;

    let browser = worker::opened(&site, "en").await?;
    // The word vectors of each language come behind the answers' back: a question that they change tells when they are there.
    for lang in ["en", "ko"] {
        let told =
            |at: &usize| native[*at].lang == lang && (native[*at].confidence - by_words[*at].confidence).abs() > NEAR;
        let at = (0..asked.len()).find(told).with_context(|| format!("word vectors change nothing in {lang}"))?;
        wait::until("the word vectors", async || {
            let apart = differences(&browser, &asked[at..=at], &native[at..=at]).await?;
            Ok(apart.is_empty().then_some(()))
        })
        .await?;
    }
    let differences = differences(&browser, &asked, &native).await?;
    let decided = |decision: &str| native.iter().filter(|answer| answer.decision == decision).count();
    for decision in ["answer", "choose", "hand_off"] {
        assert!(decided(decision) > 0, "no question of the set leads to {decision}");
    }
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
    browser.end().await.map(drop)
}

#[tokio::test]
async fn and_so_it_does_before_it_has_the_word_vectors() -> anyhow::Result<()> {
    let site = Site::start()?;
    let asked: Vec<Asked> = questions(&kb::sources()?).into_iter().step_by(2).collect();
    let native = kb::ask_all_without_words(&site.kb(), &asked, LIMIT)?;
    let index = site.kb().join("index");
    for entry in std::fs::read_dir(&index).with_context(|| format!("cannot read {}", index.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "words") {
            std::fs::remove_file(path)?;
        }
    }
    let browser = worker::opened(&site, "en").await?;
    let differences = differences(&browser, &asked, &native).await?;
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
    browser.end().await.map(drop)
}
