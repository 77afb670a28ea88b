//! Random Korean typing in every box where people write: what was typed is what was sent, once, whole and in order.
//!
//! `PORCHLIGHT_TYPINGS` sets the number, `PORCHLIGHT_TYPINGS_SEED` repeats a run.

use std::{collections::BTreeSet, env, time::Duration};

use anyhow::{Context, ensure};
use serde_json::json;
use system_tests::{
    browser::Browser,
    bubble::{Bubble, Element},
    handoff::{Pair, SIGNED_OUT},
    ime::{self, Enter, taken},
    keys::press,
    two_set::{Keyboard, keys},
    visit::{Visit, story},
    wait,
    words::KO,
};

/// Typings by default, of which chat and console get a sixth each.
const TYPINGS: usize = 90;
/// Most of them in chat and console, whose logs nobody clears.
const LOGGED: usize = 250;
/// Looks into the log after so many.
const BATCH: usize = 25;

/// A small generator, so that a seed repeats a run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // The upper bits are the better ones.
        (self.0 >> 33) as usize % end
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// What became of the typings.
#[derive(Debug, Default)]
struct Tally {
    typings: usize,
    lost: usize,
    doubled: usize,
    /// Sent, but not as typed: too early, cut, or with something of the next.
    other: usize,
    told: Vec<String>,
}

impl Tally {
    /// Takes what was typed against what was sent.
    fn add(&mut self, typed: &[String], sent: &[String]) {
        self.typings += typed.len();
        if typed == sent {
            return;
        }
        let count = |all: &[String], one: &String| all.iter().filter(|text| *text == one).count();
        let all: BTreeSet<&String> = typed.iter().collect();
        let lost: usize = all.iter().map(|text| count(typed, text).saturating_sub(count(sent, text))).sum();
        let doubled: usize = all.iter().map(|text| count(sent, text).saturating_sub(count(typed, text))).sum();
        let other = sent.iter().filter(|text| !all.contains(text)).count();
        self.lost += lost;
        self.doubled += doubled;
        // Where all of them are there once, they are in another order.
        self.other += if lost + doubled + other == 0 { 1 } else { other };
        let differ =
            typed.iter().zip(sent).position(|(typed, sent)| typed != sent).unwrap_or(typed.len().min(sent.len()));
        let near = |all: &[String]| all[differ.saturating_sub(1).min(all.len())..all.len().min(differ + 3)].to_vec();
        self.told.push(format!("typed {:?}, sent {:?}", near(typed), near(sent)));
    }

    #[allow(clippy::print_stderr, reason = "a long run is told by its figures")]
    fn tell(&self) {
        let Self { typings, lost, doubled, other, .. } = self;
        eprintln!("{typings} typings, {lost} lost, {doubled} doubled, {other} early or cut");
    }

    fn join(&mut self, other: Self) {
        self.typings += other.typings;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.other += other.other;
        self.told.extend(other.told);
    }

    fn judge(&self, seed: u64) -> anyhow::Result<()> {
        let Self { typings, lost, doubled, other, told } = self;
        ensure!(
            lost + doubled + other == 0,
            "of {typings} typings {lost} were lost, {doubled} doubled, {other} early or cut; \
             PORCHLIGHT_TYPINGS_SEED={seed} repeats it:\n  {}",
            told.join("\n  ")
        );
        Ok(())
    }
}

/// A box, its button, and how to read what was sent from there.
struct Place<'b> {
    browser: &'b Browser,
    area: Element<'b>,
    button: Element<'b>,
    /// JavaScript for the texts of one's own entries, oldest first, with `root` around the box.
    own: &'static str,
    /// JavaScript that empties the log, where that can be.
    clear: Option<&'static str>,
}

/// How a message ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Enter(Enter),
    /// The button, while the last syllable is being composed.
    Button,
    /// The button, after the syllable was let go of.
    ButtonLater,
}

impl<'b> Place<'b> {
    async fn new(
        (browser, around): (&'b Browser, Bubble<'b>),
        (area, button): (&str, &str),
        (own, clear): (&'static str, Option<&'static str>),
    ) -> anyhow::Result<Self> {
        let (area, button) = (around.find("textbox", area).await?, around.find("button", button).await?);
        Ok(Self { browser, area, button, own, clear })
    }

    async fn in_root(&self, script: &str) -> anyhow::Result<serde_json::Value> {
        self.area.call(&format!("function() {{ const root = this.getRootNode(); return {script} }}")).await
    }

    async fn own(&self) -> anyhow::Result<Vec<String>> {
        Ok(serde_json::from_value(self.in_root(self.own).await?)?)
    }

    /// Presses the key of a letter. The composition before it, if it ends, ends first.
    async fn key(&self, keyboard: &mut Keyboard, key: char, text: &mut String) -> anyhow::Result<()> {
        taken(self.browser, "rawKeyDown", "Process", "KeyG").await?;
        if let Some(done) = keyboard.press(key) {
            ime::commit(self.browser, done).await?;
            text.push(done);
        }
        self.show(keyboard).await
    }

    async fn back(&self, keyboard: &mut Keyboard) -> anyhow::Result<Option<char>> {
        taken(self.browser, "rawKeyDown", "Process", "Backspace").await?;
        let key = keyboard.back();
        self.show(keyboard).await?;
        Ok(key)
    }

    async fn show(&self, keyboard: &Keyboard) -> anyhow::Result<()> {
        let text = keyboard.composing().map(String::from).unwrap_or_default();
        let end = text.encode_utf16().count();
        let composition = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.browser.cdp("Input.imeSetComposition", composition).await.map(drop)
    }

    /// A space behind the syllable: some input methods type it themselves, others let go and leave the key alone.
    async fn space(&self, keyboard: &mut Keyboard, random: &mut Random, text: &mut String) -> anyhow::Result<()> {
        let by_itself = random.one_in(2);
        if by_itself {
            taken(self.browser, "rawKeyDown", "Process", "Space").await?;
        }
        if let Some(done) = keyboard.finish() {
            ime::commit(self.browser, done).await?;
            text.push(done);
        }
        text.push(' ');
        if by_itself { ime::commit(self.browser, ' ').await } else { press(self.browser, "Space").await }
    }

    /// Types one message and gives its text.
    async fn message(&self, random: &mut Random) -> anyhow::Result<String> {
        const WORDS: [usize; 8] = [1, 1, 1, 1, 1, 1, 2, 3];
        let mut keyboard = Keyboard::default();
        let mut text = String::new();
        for word in 0..WORDS[random.below(WORDS.len())] {
            if word > 0 {
                self.space(&mut keyboard, random, &mut text).await?;
            }
            for _ in 0..=random.below(6) {
                for key in keys(sign(random)) {
                    self.key(&mut keyboard, key, &mut text).await?;
                    if random.one_in(24) {
                        tokio::time::sleep(Duration::from_millis(random.below(41) as u64)).await;
                    }
                }
                if random.one_in(12) {
                    let mut again = Vec::new();
                    for _ in 0..=random.below(keyboard.len()) {
                        again.extend(self.back(&mut keyboard).await?);
                    }
                    for key in again.into_iter().rev() {
                        self.key(&mut keyboard, key, &mut text).await?;
                    }
                }
            }
        }
        let last = keyboard.finish().context("nothing is being composed")?;
        text.push(last);
        self.end(random, last).await?;
        Ok(text)
    }

    async fn end(&self, random: &mut Random, last: char) -> anyhow::Result<()> {
        let end = match random.below(10) {
            8 => End::Button,
            9 => End::ButtonLater,
            n => End::Enter(Enter::ALL[n / 2]),
        };
        match end {
            End::Enter(how) => ime::enter(self.browser, how, last).await?,
            End::Button => self.button.click().await?,
            End::ButtonLater => {
                ime::commit(self.browser, last).await?;
                self.button.click().await?;
            }
        }
        if !matches!(end, End::Enter(_)) {
            self.area.focus().await?;
        }
        // Half of the time the next message begins at once.
        if random.one_in(2) {
            tokio::time::sleep(Duration::from_millis(random.below(41) as u64)).await;
        }
        Ok(())
    }

    /// Types so many messages, and tells which came out otherwise.
    async fn type_all(&self, typings: usize, seed: u64, tally: &mut Tally) -> anyhow::Result<()> {
        let mut random = Random(seed | 1);
        self.area.focus().await?;
        let mut seen = self.own().await?.len();
        for begun in (0..typings).step_by(BATCH) {
            let mut typed = Vec::new();
            for _ in begun..typings.min(begun + BATCH) {
                typed.push(self.message(&mut random).await?);
            }
            // Where some do not come, that is what is told, not that the wait was in vain.
            let _ = wait::until_for(Duration::from_secs(3), "all messages", async || {
                Ok((self.own().await?.len() >= seen + typed.len()).then_some(()))
            })
            .await;
            let own = self.own().await?;
            let mut sent = own.get(seen..).unwrap_or_default().to_vec();
            let left = self.area.property("value").await?;
            if !left.is_empty() {
                sent.push(format!("{left} (still in the box)"));
                self.area.call("function() { this.value = '' }").await?;
            }
            tally.add(&typed, &sent);
            seen = own.len();
            if let Some(clear) = self.clear {
                let cleared = wait::until("an empty log", async || {
                    self.in_root(clear).await?;
                    Ok(self.own().await?.is_empty().then_some(()))
                })
                .await;
                if let Err(error) = cleared {
                    let there = self.in_root("[this.isConnected, root.textContent.slice(-600)]").await?;
                    return Err(error.context(format!("after {tally:?} there is {there}")));
                }
                seen = 0;
                self.area.focus().await?;
            }
        }
        Ok(())
    }
}

/// A syllable, or now and then a letter alone.
fn sign(random: &mut Random) -> char {
    const ALONE: [char; 5] = ['ㅋ', 'ㅎ', 'ㅠ', 'ㅇ', 'ㅢ'];
    if random.one_in(20) {
        return ALONE[random.below(ALONE.len())];
    }
    char::from_u32(0xAC00 + random.below(11_172) as u32).unwrap_or('가')
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// Number of typings, and the seed: another one each day would find more, but a red build must be repeatable.
fn wished() -> (usize, u64) {
    let typings = number("PORCHLIGHT_TYPINGS").map_or(TYPINGS, |number| number as usize);
    (typings, number("PORCHLIGHT_TYPINGS_SEED").unwrap_or(0x9E37_79B9_7F4A_7C15))
}

/// The seed of the second of two who type at the same time.
fn other(seed: u64) -> u64 {
    seed ^ 1 << 40
}

/// Those of them that are for chat and console each.
fn logged() -> (usize, u64) {
    let (typings, seed) = wished();
    ((typings / 6).min(LOGGED), seed)
}

async fn in_bubble(visit: &Visit) -> anyhow::Result<Place<'_>> {
    const OWN: &str = "[...root.querySelectorAll('.entry.own > p')]
        .map((own) => own.textContent.slice(own.querySelector('.unseen').textContent.length).trim())";
    const CLEAR: &str =
        "[...root.querySelectorAll('button')].find((one) => one.textContent === '대화 지우기')?.click()";
    Place::new((&visit.browser, visit.bubble()), (KO.ask_label, KO.ask), (OWN, Some(CLEAR))).await
}

/// What became of so many typings by one visitor.
async fn visitor(typings: usize, seed: u64) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    story(KO, &[], async |visit| {
        visit.arrive().await?;
        visit.ready().await?;
        in_bubble(visit).await?.type_all(typings, seed, &mut tally).await
    })
    .await?;
    Ok(tally)
}

#[tokio::test]
async fn in_the_bubble() -> anyhow::Result<()> {
    let ((typings, seed), (logged, _)) = (wished(), logged());
    let each = typings.saturating_sub(2 * logged) / 2;
    // Two at once, because most of the time passes between browser and driver.
    let (mut tally, other) = tokio::try_join!(visitor(each, seed), visitor(each, other(seed)))?;
    tally.join(other);
    tally.tell();
    tally.judge(seed)
}

#[tokio::test]
async fn in_chat_and_console() -> anyhow::Result<()> {
    const CHAT: &str = "[...root.querySelectorAll('.entry.own > .bubble')]
        .map((own) => own.textContent.slice(own.querySelector('.unseen').textContent.length).trim())";
    const CONSOLE: &str = "[...root.querySelectorAll('.said.own > .words')].map((own) => own.textContent)";
    let (typings, seed) = logged();
    let pair = Pair::start(KO).await?;
    pair.sign_in().await?;
    pair.visit.arrive().await?;
    pair.visit.ask(KO.unanswered).await?;
    pair.open_form().await?;
    pair.send_form().await?;
    pair.take_first().await?;
    let chat = Place::new((&pair.visit.browser, pair.chat()), (pair.words.message, pair.words.send), (CHAT, None));
    let console = Place::new((&pair.agent, pair.console()), (pair.words.reply, pair.words.send), (CONSOLE, None));
    let (chat, console, mut tally, mut agents) = (chat.await?, console.await?, Tally::default(), Tally::default());
    tokio::try_join!(chat.type_all(typings, seed, &mut tally), console.type_all(typings, other(seed), &mut agents))?;
    tally.join(agents);
    tally.tell();
    tally.judge(seed)?;
    pair.end(&[SIGNED_OUT]).await
}

/// The check itself is checked: a page that sends twice, cuts, or swallows is seen.
#[test]
fn faults_would_be_seen() {
    let check = |sent: &str, expected: [usize; 3]| {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut tally = Tally::default();
        tally.add(&words("하나 둘 셋"), &words(sent));
        assert_eq!([tally.lost, tally.doubled, tally.other], expected, "{sent}");
        assert_eq!(tally.judge(1).is_ok(), expected == [0; 3], "{sent}");
    };
    check("하나 둘 셋", [0, 0, 0]);
    check("하나 셋", [1, 0, 0]);
    check("하나 둘 둘 셋", [0, 1, 0]);
    check("하나 두 ㄹ 셋", [1, 0, 2]);
    check("둘 하나 셋", [0, 0, 1]);
}
