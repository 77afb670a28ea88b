//! Questions and what is said to them.

use system_tests::{visit::story, words::EN};

#[tokio::test]
async fn smoke() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ready().await?;
        let said = visit.ask("how do I embed the bubble").await?;
        println!("{said}\n{:?}\n{:?}", visit.own().await?, visit.passage().await?);
        Ok(())
    })
    .await
}
