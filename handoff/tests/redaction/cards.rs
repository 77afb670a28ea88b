//! Cards of all issuers, written in all ways, in all kinds of sentences.

use crate::random::{Random, luhn};

/// A text with a card in it.
pub(crate) struct Card {
    pub(crate) issuer: &'static str,
    pub(crate) writing: &'static str,
    pub(crate) digits: usize,
    pub(crate) text: String,
    /// The text without the card.
    pub(crate) expected: String,
}

/// Name, first digits (a range), lengths.
const ISSUERS: [(&str, u64, u64, &[usize]); 24] = [
    ("Visa", 4, 4, &[13, 16, 16, 19]),
    ("Visa", 4, 4, &[16]),
    ("Mastercard", 51, 55, &[16]),
    ("Mastercard", 2221, 2720, &[16]),
    ("American Express", 34, 34, &[15]),
    ("American Express", 37, 37, &[15]),
    ("Discover", 6011, 6011, &[16, 17, 18, 19]),
    ("Discover", 644, 649, &[16, 19]),
    ("Discover", 65, 65, &[16, 17, 18, 19]),
    ("Discover", 622126, 622925, &[16]),
    ("Diners Club", 300, 305, &[14, 16]),
    ("Diners Club", 36, 36, &[14, 16, 19]),
    ("Diners Club", 38, 39, &[14, 16]),
    ("JCB", 3528, 3589, &[16, 17, 18, 19]),
    ("UnionPay", 62, 62, &[16, 17, 18, 19]),
    ("UnionPay", 81, 81, &[16]),
    ("Maestro", 5018, 5018, &[13, 14, 15, 16, 17, 18, 19]),
    ("Maestro", 5893, 5893, &[16, 18, 19]),
    ("Maestro", 6304, 6304, &[13, 16, 19]),
    ("Maestro", 6761, 6763, &[16, 17, 18, 19]),
    ("RuPay", 60, 60, &[16]),
    ("RuPay", 82, 82, &[16]),
    ("Mir", 2200, 2204, &[16, 19]),
    ("Troy", 9792, 9792, &[16]),
];

const SENTENCES: [(&str, &str); 20] = [
    ("", ""),
    ("", ""),
    ("My card is ", "."),
    ("Card number: ", ", exp 12/29, cvc 123"),
    ("I was charged twice on ", " yesterday"),
    ("Please refund to ", ""),
    ("I placed an order and paid it with ", ", where is it?"),
    ("Order 20261122001 was paid by ", " and order 20261122002 was not"),
    ("tracking says delivered, but I paid from ", "!"),
    ("cc:", " thanks"),
    ("(", ")"),
    ("\"", "\""),
    ("The number on the front:\n", "\nIs that right?"),
    ("제 카드번호는 ", "입니다."),
    ("카드 ", " 로 결제했는데 취소해 주세요"),
    ("주문을 취소했는데 ", " 카드로 환불이 안 돼요"),
    ("결제 카드: ", " (유효기간 12/29)"),
    ("", "로 결제했어요"),
    ("신용카드", "가 안 돼요"),
    ("2026년 11월 22일에 ", " 승인됐어요"),
];

const WRITINGS: [&str; 18] = [
    "in one",
    "in one",
    "spaces",
    "spaces",
    "dashes",
    "dots",
    "middle dots",
    "no-break spaces",
    "en dashes",
    "spaced dashes",
    "two spaces",
    "full-width",
    "full-width, dashes",
    "full-width, spaces",
    "over two lines, in one",
    "over two lines, groups",
    "over two lines, dashes",
    "digit by digit",
];

/// The next card.
pub(crate) fn card(random: &mut Random, at: usize) -> Card {
    let (issuer, first, last, lengths) = ISSUERS[at % ISSUERS.len()];
    let length = random.pick(lengths);
    let mut number = random.within(first, last).to_string();
    number += &random.digits(length - 1 - number.len());
    number += &luhn(&number).to_string();
    let writing = random.pick(&WRITINGS);
    let (before, after) = random.pick(&SENTENCES);
    let expected = format!("{before}[card •••• {}]{after}", &number[length - 4..]);
    Card {
        issuer,
        writing,
        digits: length,
        text: [before, &written(random, &number, writing), after].concat(),
        expected,
    }
}

/// The groups as they are printed on cards.
fn groups(random: &mut Random, number: &str) -> Vec<String> {
    let sizes: &[usize] = match number.len() {
        13 => random.pick(&[&[4, 3, 3, 3], &[4, 4, 5]]),
        14 => &[4, 6, 4],
        15 => &[4, 6, 5],
        16 => &[4, 4, 4, 4],
        17 => &[4, 4, 4, 4, 1],
        18 => &[4, 4, 4, 4, 2],
        _ => random.pick(&[&[4, 4, 4, 4, 3], &[6, 13]]),
    };
    let mut rest = number;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, after) = rest.split_at(*size);
        groups.push(group.to_owned());
        rest = after;
    }
    groups
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|char| char.to_digit(10).and_then(|digit| char::from_u32(0xff10 + digit)).unwrap_or(char))
        .collect()
}

fn written(random: &mut Random, number: &str, writing: &str) -> String {
    let mut joined = |by: &str| groups(random, number).join(by);
    match writing {
        "in one" => number.to_owned(),
        "spaces" => joined(" "),
        "dashes" => joined("-"),
        "dots" => joined("."),
        "middle dots" => joined("·"),
        "no-break spaces" => joined("\u{a0}"),
        "en dashes" => joined("–"),
        "spaced dashes" => joined(" - "),
        "two spaces" => joined("  "),
        "full-width" => wide(number),
        "full-width, dashes" => wide(&joined("－")),
        "full-width, spaces" => wide(&joined("\u{3000}")),
        "over two lines, in one" => {
            let (one, two) = number.split_at(random.within(1, number.len() as u64 - 1) as usize);
            [one, "\n", two].concat()
        }
        "over two lines, groups" => over_two_lines(random, number, " "),
        "over two lines, dashes" => over_two_lines(random, number, "-"),
        "digit by digit" => number.chars().map(String::from).collect::<Vec<_>>().join(" "),
        other => unreachable!("{other}"),
    }
}

/// One of the gaps is the end of a line.
fn over_two_lines(random: &mut Random, number: &str, by: &str) -> String {
    let groups = groups(random, number);
    let at = random.within(1, groups.len() as u64 - 1) as usize;
    let end = random.pick(&["\n", "\r\n", "\n"]);
    // The dash stays on its line.
    let end = if by == "-" { [by, end].concat() } else { end.to_owned() };
    [groups[..at].join(by), groups[at..].join(by)].join(&end)
}
