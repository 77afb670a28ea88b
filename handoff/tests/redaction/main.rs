//! How much redaction catches, and how much it takes for what it is not: figures over 100,000 made-up numbers each, the
//! same in every run.

mod cards;
mod others;
mod random;
mod residents;
mod time;

use std::{collections::BTreeMap, fmt::Write};

use handoff::redaction::{Kind, redact};

use random::Random;

/// Numbers of a run.
const NUMBERS: usize = 100_000;

/// How many of how many, by what they are.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (usize, usize)>);

impl Tally {
    fn count(&mut self, name: &'static str, hit: bool) {
        let (hits, all) = self.0.entry(name).or_default();
        *hits += usize::from(hit);
        *all += 1;
    }

    /// Hits among all.
    fn total(&self) -> (usize, usize) {
        self.0.values().fold((0, 0), |(hits, all), (more_hits, more)| (hits + more_hits, all + more))
    }

    #[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
    fn print(&self, title: &str) {
        let mut table = format!("{title}\n");
        let (hits, all) = self.total();
        for (name, (hits, all)) in self.0.iter().map(|(name, counts)| (*name, *counts)).chain([("all", (hits, all))]) {
            let share = hits as f64 / all as f64 * 100.0;
            writeln!(table, "{name:>44} {hits:>7} of {all:>7} {share:>9.4} %").expect("a string takes all");
        }
        println!("{table}");
    }
}

#[test]
fn cards_are_caught() {
    let mut random = Random::new(0x0070_6f72_6368);
    let (mut by_issuer, mut by_writing) = (Tally::default(), Tally::default());
    for at in 0..NUMBERS {
        let card = cards::card(&mut random, at);
        let redacted = redact(&card.text);
        // The very number and nothing else; an old Visa number of 13 digits may be a resident number as well.
        let caught = redacted.text == card.expected
            || (card.digits == 13 && redacted.found.iter().any(|found| found.kind == Kind::ResidentNumber));
        by_issuer.count(card.issuer, caught);
        by_writing.count(card.writing, caught);
        if !caught {
            eprint_miss(&card.text, &redacted.text);
        }
    }
    by_issuer.print("cards caught, by issuer");
    by_writing.print("cards caught, by how they are written");
    let (hits, all) = by_issuer.total();
    assert!(hits * 1000 >= all * 999, "recall is 99.9 % at least: {hits} of {all}");
}

#[test]
fn resident_numbers_are_caught() {
    let mut random = Random::new(0x006a_756d_696e);
    let mut tally = Tally::default();
    for _ in 0..NUMBERS / 5 {
        let resident = residents::resident(&mut random);
        let redacted = redact(&resident.text);
        tally.count(resident.writing, redacted.text == resident.expected);
        if redacted.text != resident.expected {
            eprint_miss(&resident.text, &redacted.text);
        }
    }
    tally.print("resident numbers caught");
    let (hits, all) = tally.total();
    assert!(hits * 1000 >= all * 999, "recall is 99.9 % at least: {hits} of {all}");
}

#[test]
fn other_numbers_are_not() {
    let mut random = Random::new(0x006c_6967_6874);
    let mut tally = Tally::default();
    for at in 0..NUMBERS {
        let (kind, text) = others::other(&mut random, at);
        let redacted = redact(&text);
        tally.count(kind, redacted.text != text);
        if redacted.text != text {
            eprint_miss(&text, &redacted.text);
        }
    }
    tally.print("other numbers taken out");
    let (hits, all) = tally.total();
    assert!(hits * 1000 <= all, "false hits are 0.1 % at most: {hits} of {all}");
}

/// What nothing but the number itself tells: the price of catching every card that stands alone.
#[test]
fn random_numbers_alone() {
    let mut random = Random::new(1);
    let mut tally = Tally::default();
    for at in 0..NUMBERS {
        let count = 10 + at % 10;
        let names = ["10", "11", "12", "13", "14", "15", "16", "17", "18", "19"];
        let text = random.digits(count);
        tally.count(names[count - 10], redact(&text).text != text);
    }
    tally.print("random numbers without anything around them, by digits");
    let (hits, all) = tally.0["16"];
    assert!(hits * 25 <= all, "the documentation says about one in thirty: {hits} of {all}");
}

#[expect(clippy::print_stderr, reason = "shown where the test fails")]
fn eprint_miss(text: &str, redacted: &str) {
    eprintln!("{text:?} -> {redacted:?}");
}
