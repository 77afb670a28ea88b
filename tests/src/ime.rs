//! A Korean input method: syllables grow letter by letter in a composition, as a two-set keyboard writes them.

use serde_json::json;

use crate::browser::Browser;

/// When an Enter key is told of, and how, while the last syllable is still being composed. Systems differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enter {
    /// Enter as the input method's key (229), then the composition ends: Chromium on Windows and Linux.
    ThenCommit,
    /// The same, and then Enter once more as a key of its own: Chromium on macOS.
    ThenCommitThenEnter,
    /// The composition ends, then Enter with 229: Safari.
    AfterCommit,
    /// The composition ended long before; a plain Enter.
    Plain,
}

impl Enter {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ThenCommit, Self::ThenCommitThenEnter, Self::AfterCommit, Self::Plain];
}

/// Number that stands for a key which the input method took.
const TAKEN: u32 = 229;

/// Writes Korean text syllable by syllable, and leaves the last syllable being composed.
///
/// # Errors
/// Where the browser refuses it.
pub async fn compose(browser: &Browser, text: &str) -> anyhow::Result<()> {
    let chars: Vec<char> = text.chars().collect();
    for (at, &char) in chars.iter().enumerate() {
        let steps = steps(char);
        if steps.is_empty() {
            // A space or a mark: the input method has let go of the syllable before it.
            let mut event = json!({ "type": "keyDown", "key": char, "text": char });
            browser.cdp("Input.dispatchKeyEvent", event.clone()).await?;
            event["type"] = "keyUp".into();
            browser.cdp("Input.dispatchKeyEvent", event).await?;
            continue;
        }
        for step in &steps {
            taken(browser, "rawKeyDown", "Process", "KeyG").await?;
            let end = step.encode_utf16(&mut [0; 2]).len();
            let composition = json!({ "text": step, "selectionStart": end, "selectionEnd": end });
            browser.cdp("Input.imeSetComposition", composition).await?;
            taken(browser, "keyUp", "g", "KeyG").await?;
        }
        if at + 1 < chars.len() {
            commit(browser, char).await?;
        }
    }
    Ok(())
}

/// Ends the composition of this syllable.
///
/// # Errors
/// Where the browser refuses it.
pub async fn commit(browser: &Browser, syllable: char) -> anyhow::Result<()> {
    browser.cdp("Input.insertText", json!({ "text": syllable })).await.map(drop)
}

/// Enter, while `last` is being composed.
///
/// # Errors
/// Where the browser refuses it.
pub async fn enter(browser: &Browser, how: Enter, last: char) -> anyhow::Result<()> {
    match how {
        Enter::ThenCommit => {
            taken(browser, "rawKeyDown", "Enter", "Enter").await?;
            commit(browser, last).await?;
            taken(browser, "keyUp", "Enter", "Enter").await
        }
        Enter::ThenCommitThenEnter => {
            taken(browser, "rawKeyDown", "Enter", "Enter").await?;
            commit(browser, last).await?;
            crate::keys::press(browser, "Enter").await
        }
        Enter::AfterCommit => {
            commit(browser, last).await?;
            taken(browser, "rawKeyDown", "Enter", "Enter").await?;
            taken(browser, "keyUp", "Enter", "Enter").await
        }
        Enter::Plain => {
            commit(browser, last).await?;
            crate::keys::press(browser, "Enter").await
        }
    }
}

/// A key that the input method takes for itself.
///
/// # Errors
/// Where the browser refuses it.
pub async fn taken(browser: &Browser, kind: &str, key: &str, code: &str) -> anyhow::Result<()> {
    let event = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": TAKEN });
    browser.cdp("Input.dispatchKeyEvent", event).await.map(drop)
}

/// What a syllable looks like after each key: 한 is ㅎ, 하, 한. Nothing for what is no syllable.
fn steps(char: char) -> Vec<char> {
    const FIRST: u32 = 0xAC00;
    const CONSONANTS: [char; 19] = [
        'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ',
        'ㅎ',
    ];
    if !('가'..='힣').contains(&char) {
        return Vec::new();
    }
    let number = u32::from(char) - FIRST;
    let open = char::from_u32(FIRST + number - number % 28).unwrap_or(char);
    let mut steps = vec![CONSONANTS[(number / (28 * 21)) as usize], open];
    if open != char {
        steps.push(char);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn syllables_grow_letter_by_letter() {
        assert_eq!(steps('한'), ['ㅎ', '하', '한']);
        assert_eq!(steps('가'), ['ㄱ', '가']);
        assert_eq!(steps('힣'), ['ㅎ', '히', '힣']);
        assert!(steps('a').is_empty());
    }
}
