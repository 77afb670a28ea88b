//! Questions that only another language's articles answer.

use std::fs;

use anyhow::ensure;
use system_tests::{
    kb, programs,
    site::Site,
    visit::{Visit, story_at},
    words::{EN, KO, Words},
};

const ARTICLES: [(&str, &str); 4] = [
    ("en/ssl.md", "# SSL certificate error\n\nRenew the SSL certificate when the error shows.\n"),
    ("en/pay.md", "# Pay an invoice\n\nOpen Billing and pay the invoice by card.\n"),
    ("ko/pay.md", "# 청구서 결제\n\n결제 메뉴에서 청구서를 카드로 결제해요.\n"),
    ("ko/talk.md", "# KakaoTalk channel 연결\n\n설정에서 KakaoTalk channel 주소를 넣어요.\n"),
];

/// Asks in the language of the page what only the other language's articles answer: the line says so, the passage has
/// its own language, and that language's files came only for this.
async fn check(words: Words, question: &str, line: &str, lang: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for (path, text) in ARTICLES {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        fs::write(path, text)?;
    }
    let heads = |visit: &Visit| -> anyhow::Result<usize> {
        Ok(visit.site.requests()?.iter().filter(|request| request.path.ends_with(".head")).count())
    };
    let story = async |visit: &Visit| {
        visit.arrive().await?;
        visit.ready().await?;
        ensure!(heads(visit)? == 1, "more than the language of the page was fetched");
        let said = visit.ask(question).await?;
        let expected = kb::ask(&visit.site.kb(), question, words.tag)?;
        ensure!(expected.lang == lang && expected.decision == "answer", "{expected:?}");
        ensure!(said.contains(line), "no “{line}” in: {said}");
        ensure!(heads(visit)? == 2, "the other language was not fetched");
        let found = visit.log().await?.call("function() { return this.querySelector('.passage').lang }").await?;
        ensure!(found == lang, "the passage is marked as {found}");
        if let Some(folder) = programs::screenshots() {
            visit.browser.screenshot(&folder.join(format!("only-in-{lang}.png"))).await?;
        }
        let said = visit.ask(words.unanswered).await?;
        ensure!(said.contains(words.not_found) && !said.contains(line), "{said}");
        Ok(())
    };
    story_at(Site::of_articles(folder.path())?, words, &[], story, |_| Ok(())).await
}

#[tokio::test]
async fn only_in_english() -> anyhow::Result<()> {
    check(KO, "SSL 인증서 error", "이 내용은 영어로만 있어요.", "en").await
}

#[tokio::test]
async fn only_in_korean() -> anyhow::Result<()> {
    check(EN, "KakaoTalk channel", "This is only available in Korean.", "ko").await
}
