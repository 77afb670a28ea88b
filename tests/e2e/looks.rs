//! Words that are longer than English ones, and colours that the system forces.

use anyhow::ensure;
use serde_json::json;
use system_tests::{
    kb, programs,
    visit::{Visit, story},
    words::EN,
};

/// A phone at its narrowest, a usual one, a desktop.
const SIZES: [(u32, u32); 3] = [(320, 568), (360, 740), (1280, 900)];

/// Makes every text that is drawn longer by three fifths, with marks that English lacks, as the longest of other languages are; gives
/// the elements that do not show all of their text then. Of the help centre's name and of lines under titles a part is enough.
const LONGER: &str = r"(() => {
    const root = document.querySelector('porchlight-help').shadowRoot;
    const marks = { a: 'å', e: 'é', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'É', O: 'Ø' };
    const longer = (text) => {
        const marked = text.replace(/[aeiouAEO]/g, (letter) => marks[letter]);
        return '⟦' + marked + ' ' + marked.slice(0, Math.ceil(marked.trim().length * 0.6)) + '⟧';
    };
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.data.trim() && !text.data.includes('⟦') && !text.parentElement.closest('pre, style, option')) text.data = longer(text.data);
    }
    const area = root.querySelector('textarea');
    if (!area.placeholder.includes('⟦')) area.placeholder = longer(area.placeholder);
    return [...root.querySelectorAll('.panel *')].filter((element) => {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('pre, .box, .unseen, svg, .short')) return false;
        const style = getComputedStyle(element);
        if (style.display === 'inline' || style.textOverflow === 'ellipsis' || /auto|scroll/.test(style.overflowX)) return false;
        return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    }).map((element) => element.localName + '.' + element.className + ': ' + element.textContent.slice(0, 60));
})()";

/// What is drawn now, in every size: as it is in forced colours, then with longer words.
async fn look(visit: &Visit, state: &str, bad: &mut Vec<String>) -> anyhow::Result<()> {
    let browser = &visit.browser;
    for (width, height) in SIZES {
        browser.size(width, height).await?;
        if let Some(folder) = programs::screenshots() {
            let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
            browser.cdp("Emulation.setEmulatedMedia", forced).await?;
            browser.screenshot(&folder.join(format!("{state}-forced-{width}.png"))).await?;
            browser.cdp("Emulation.setEmulatedMedia", json!({ "features": [] })).await?;
        }
    }
    for (width, height) in SIZES {
        browser.size(width, height).await?;
        let cut = browser.eval(LONGER).await?;
        bad.extend(cut.as_array().into_iter().flatten().map(|one| format!("{state} at {width} px: {one}")));
        let person = visit.bubble().all("button", None).await?;
        ensure!(person.iter().any(|button| button.name.contains("Tålk")), "{state} at {width} px: no way to a person");
        if let Some(folder) = programs::screenshots() {
            browser.screenshot(&folder.join(format!("{state}-longer-{width}.png"))).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn longer_words_have_room() -> anyhow::Result<()> {
    let mut bad = Vec::new();
    story(EN, &[], async |visit| {
        let ambiguous = kb::ambiguous(&visit.site.kb(), "en")?.question;
        let open = |article: &str| format!("porchlight.open({{ article: '{article}' }})");
        // Each state on a page of its own: what was drawn longer stays so.
        for state in ["greeting", "answer", "choice", "nothing-found", "article", "list"] {
            visit.go("/").await?;
            visit.browser.eval("localStorage.clear()").await?;
            visit.go("/").await?;
            visit.open().await?;
            visit.ready().await?;
            match state {
                "answer" => {
                    visit.ask(EN.answered).await?;
                    visit.bubble().last("button", EN.not_helped).await?.click().await?;
                    visit.bubble().find("button", "Show more").await.ok();
                }
                "choice" => drop(visit.ask(&ambiguous).await?),
                "nothing-found" => drop(visit.ask(EN.unanswered).await?),
                "article" => {
                    visit.browser.eval(&open(EN.article)).await?;
                    visit.bubble().find("heading", EN.title).await?;
                }
                "list" => {
                    visit.bubble().find("button", EN.browse).await?.click().await?;
                    visit.bubble().find("heading", EN.browse).await?;
                }
                _ => {}
            }
            look(visit, state, &mut bad).await?;
        }
        Ok(())
    })
    .await?;
    ensure!(bad.is_empty(), "not all can be read:\n{}", bad.join("\n"));
    Ok(())
}
