//! Questions and what is said to them.

use anyhow::{Context, ensure};
use system_tests::{
    kb, programs,
    visit::{Visit, story},
    words::{EN, KO, Words},
};

/// Asks a question that the engine answers by this article; the answer must be shown as one.
async fn check_answer(visit: &Visit, question: &str, article: &str) -> anyhow::Result<()> {
    let expected = kb::ask(&visit.site.kb(), question, visit.words.tag)?;
    ensure!(expected.decision == "answer", "“{question}” is no longer answered: {expected:?}");
    let hit = expected.hits.first().context("no hit")?;
    ensure!(hit.article == article, "“{question}” is answered by {}", hit.article);
    let said = visit.ask(question).await?;
    ensure!(said.contains(visit.words.automatic), "the answer does not say that it is automatic: {said}");
    ensure!(said.contains(&hit.title), "the answer does not name its article: {said}");
    visit.answered_by(hit).await
}

async fn answered(words: Words) -> anyhow::Result<()> {
    story(words, &[], async |visit| {
        visit.arrive().await?;
        check_answer(visit, words.answered, words.article).await?;
        assert_eq!(visit.own().await?, [words.answered]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn in_english() -> anyhow::Result<()> {
    answered(EN).await
}

#[tokio::test]
async fn in_korean() -> anyhow::Result<()> {
    answered(KO).await
}

#[tokio::test]
async fn in_the_language_of_the_question() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        let said = visit.ask(KO.answered).await?;
        let expected = kb::ask(&visit.site.kb(), KO.answered, EN.tag)?;
        ensure!(expected.lang == "ko", "a Korean question is looked up in {}", expected.lang);
        ensure!(said.contains(&expected.hits.first().context("no hit")?.title), "{said}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn despite_a_typing_error() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        check_answer(visit, "how can I add the wigdet to my website", EN.article).await?;
        let said = visit.ask("how do I embed the bubbel").await?;
        ensure!(said.contains(EN.title), "no “{}” in: {said}", EN.title);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn by_choice_between_close_candidates() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        let expected = kb::ambiguous(&visit.site.kb(), EN.tag)?;
        visit.arrive().await?;
        let said = visit.ask(&expected.question).await?;
        ensure!(said.contains(EN.choose), "nobody is asked to choose: {said}");
        let titles: Vec<&str> = expected.hits.iter().take(3).map(|hit| hit.title.as_str()).collect();
        ensure!(titles.iter().all(|title| said.contains(title)), "not the titles {titles:?}: {said}");
        ensure!(!said.contains(EN.automatic), "a choice poses as an answer: {said}");

        let buttons = visit.bubble().all("button", None).await?;
        let picked = expected.hits.get(1).context("no second hit")?;
        let button = buttons.iter().rev().find(|button| button.name.starts_with(&picked.title));
        let before = visit.entries().await?.len();
        button.context("the title is no button")?.click().await?;
        let said = visit.reply(before - 1).await?;
        ensure!(said.contains(&picked.title), "the picked article is not shown: {said}");
        visit.answered_by(picked).await
    })
    .await
}

/// Two sample questions of a language that one passage answers.
fn rephrased(visit: &Visit) -> anyhow::Result<[kb::Answer; 2]> {
    let lang = visit.words.tag;
    let samples = kb::sources()?.into_iter().filter(|source| source.lang == lang).flat_map(|source| source.questions);
    let ask = |question| kb::Asked { id: String::new(), question, lang: Some(lang.to_owned()) };
    let asked: Vec<kb::Asked> = samples.map(ask).collect();
    let answers = kb::ask_all(&visit.site.kb(), &asked, 4)?;
    let answered: Vec<kb::Answer> = answers.into_iter().filter(|answer| answer.decision == "answer").collect();
    let place = |answer: &kb::Answer| answer.hits.first().map(|hit| (hit.article.clone(), hit.section.clone()));
    let pair = answered.windows(2).find(|pair| place(&pair[0]) == place(&pair[1]) && pair[1].hits.len() > 1);
    let pair = pair.context("no two sample questions are answered by one passage")?;
    Ok([pair[0].clone(), pair[1].clone()])
}

#[tokio::test]
async fn not_the_same_twice_in_a_row() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        let [first, again] = rephrased(visit)?;
        let (title, next) = (&first.hits[0].title, &again.hits[1].title);
        visit.arrive().await?;
        let said = visit.ask(&first.question).await?;
        ensure!(said.contains(EN.automatic) && said.contains(title), "{said}");
        let said = visit.ask(&again.question).await?;
        ensure!(!said.contains(EN.automatic), "the same answer is shown again: {said}");
        ensure!(said.contains(&format!("Shown above: {title}")), "what was shown is not named: {said}");
        ensure!(said.contains(next) && said.contains("Write an e-mail"), "no others, or no person: {said}");
        if let Some(folder) = programs::screenshots() {
            visit.browser.screenshot(&folder.join("shown-above.png")).await?;
        }
        // Who insists gets it.
        let said = visit.ask(&again.question).await?;
        ensure!(said.contains(EN.automatic) && said.contains(title), "{said}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn from_a_suggestion() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        let suggestion = "How do I add a new help page?";
        visit.bubble().find("button", suggestion).await?.click().await?;
        visit.reply(0).await?;
        assert_eq!(visit.own().await?, [suggestion]);
        Ok(())
    })
    .await
}

async fn not_found(words: Words) -> anyhow::Result<()> {
    story(words, &[], async |visit| {
        visit.arrive().await?;
        let said = visit.ask(words.unanswered).await?;
        ensure!(said.contains(words.not_found), "{said}");
        let own = format!("{}/", words.tag);
        let articles = kb::sources()?.iter().filter(|source| source.slug.starts_with(&own)).count();
        ensure!(said.contains(&articles.to_string()), "it does not say how much was searched: {said}");
        ensure!(!said.contains(words.automatic), "{said}");
        visit.bubble().find("button", words.person).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn nothing_found_in_english() -> anyhow::Result<()> {
    not_found(EN).await
}

#[tokio::test]
async fn nothing_found_in_korean() -> anyhow::Result<()> {
    not_found(KO).await
}

#[tokio::test]
async fn helped_or_not() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        let pressed = async |name: &str| visit.bubble().find("button", name).await?.attribute("aria-pressed").await;
        visit.bubble().find("button", EN.helped).await?.click().await?;
        visit.log().await?.says("Noted.").await?;
        assert_eq!(pressed(EN.helped).await?.as_deref(), Some("true"));
        visit.bubble().find("button", EN.not_helped).await?.click().await?;
        visit.log().await?.says("A person can help.").await?;
        assert_eq!(pressed(EN.helped).await?.as_deref(), Some("false"));
        assert_eq!(pressed(EN.not_helped).await?.as_deref(), Some("true"));
        Ok(())
    })
    .await
}

/// A log that comes with its first entry is not read out: it must be there before.
#[tokio::test]
async fn the_log_is_there_before_anything_is_said() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ready().await?;
        visit.log().await.map(drop)
    })
    .await
}
