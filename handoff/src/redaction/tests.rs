use insta::assert_snapshot;
use proptest::prelude::*;

use super::{Kind, cleaned, mark, redact};

fn check(text: &str) -> String {
    let redacted = redact(text);
    let mut last = 0;
    for found in &redacted.found {
        assert!(last <= found.range.start, "{text}");
        last = found.range.end;
        let mark = &redacted.text[found.range.clone()];
        assert_eq!(mark::at(mark), Some((found.kind, mark.len())), "{text}");
    }
    assert_eq!(redact(&redacted.text), redacted, "again: {text}");
    redacted.text
}

/// All of them are taken out, and nothing else of their text.
fn all(texts: &[&str], mark: &str) {
    for text in texts {
        assert_eq!(check(text), mark, "{text}");
    }
}

/// None of them is touched.
fn none(texts: &[&str]) {
    for text in texts {
        assert_eq!(check(text), *text);
    }
}

#[test]
fn cards_however_written() {
    all(
        &[
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111.1111.1111.1111",
            "4111·1111·1111·1111",
            "4111/1111/1111/1111",
            "4111,1111,1111,1111",
            "4111_1111_1111_1111",
            "4111 - 1111 - 1111 - 1111",
            "4111–1111–1111–1111",
            "4111\u{a0}1111\u{a0}1111\u{a0}1111",
            "4111\u{3000}1111\u{3000}1111\u{3000}1111",
            "4111%201111%201111%201111",
            "４１１１１１１１１１１１１１１１",
            "４１１１－１１１１－１１１１－１１１１",
            "4111\u{200b}1111\u{200b}1111\u{200b}1111",
            "4111  1111  1111  1111",
            "4111-1111 1111-1111",
            "41111111 11111111",
            "4111 111111111111",
            "4111 1111\n1111 1111",
            "4111 1111 1111\r\n1111",
            "41111111\n11111111",
            "411\n1111111111111",
            "4111-1111-\n1111-1111",
            "4111 11\n11 1111 1111",
            "4111\n1111\n1111\n1111",
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "41 11 11 11 11 11 11 11",
        ],
        "[card •••• 1111]",
    );
}

#[test]
fn cards_of_all_layouts() {
    let check = |text: &str, last: &str| assert_eq!(check(text), format!("[card •••• {last}]"), "{text}");
    check("3782 822463 10005", "0005");
    check("3782-8224-6310-005", "0005");
    check("3056 930902 5904", "5904");
    check("4222 222 222 222", "2222");
    check("4222 2222 22222", "2222");
    check("6759 6498 2643 8453", "8453");
    check("6228481234567890128", "0128");
    check("6228 4812 3456 7890 128", "0128");
    check("622848 1234567890128", "0128");
}

#[test]
fn cards_in_sentences() {
    assert_snapshot!(check("My card is 4111 1111 1111 1111, exp 12/26, cvv 123."), @"My card is [card •••• 1111], exp 12/26, cvv 123.");
    assert_snapshot!(check("제 카드번호는 4111-1111-1111-1111입니다"), @"제 카드번호는 [card •••• 1111]입니다");
    assert_snapshot!(check("카드4111111111111111로 결제했어요"), @"카드[card •••• 1111]로 결제했어요");
    assert_snapshot!(check("visa4111111111111111"), @"visa[card •••• 1111]");
    assert_snapshot!(check("4111111111111111/12/26/123"), @"[card •••• 1111]/12/26/123");
    assert_snapshot!(check("4111111111111111|1226|123"), @"[card •••• 1111]|1226|123");
    assert_snapshot!(check("4111-1111-1111-1111-1226"), @"[card •••• 1111]-1226");
    assert_snapshot!(check("4111 1111 1111 1111 123"), @"[card •••• 1111] 123");
    assert_snapshot!(check("4111111111111111 123"), @"[card •••• 1111] 123");
    assert_snapshot!(check("4111 1111 1111 1111\n12/26"), @r"
    [card •••• 1111]
    12/26
    ");
    // Together they pass the check as well.
    assert_snapshot!(check("4111111111111111\n102"), @r"
    [card •••• 1111]
    102
    ");
    assert_snapshot!(check("4111 1111 1111 1111 5555 5555 5555 4444"), @"[card •••• 1111] [card •••• 4444]");
    assert_snapshot!(check("4111111111111111,5555555555554444"), @"[card •••• 1111],[card •••• 4444]");
    assert_snapshot!(check("1. 4111111111111111\n2. 5555555555554444"), @r"
    1. [card •••• 1111]
    2. [card •••• 4444]
    ");
    assert_snapshot!(check("Order 12345 was paid with 4111111111111111"), @"Order 12345 was paid with [card •••• 1111]");
    assert_snapshot!(check("주문했는데 4111111111111111 이걸로 결제"), @"주문했는데 [card •••• 1111] 이걸로 결제");
    assert_snapshot!(check("I paid for my order 4111 1111 1111 1111"), @"I paid for my order [card •••• 1111]");
    assert_snapshot!(check("order number 12, card no. 4111111111111111"), @"order number 12, card no. [card •••• 1111]");
    assert_snapshot!(check("https://a.example/pay?card=4111111111111111&x=1"), @"https://a.example/pay?card=[card •••• 1111]&x=1");
    assert_snapshot!(check("domestic card 9490 1234 5678 9013"), @"domestic card [card •••• 9013]");
    assert_snapshot!(check("Refund it this time: no, refund 4111111111111111"), @"Refund it this time: no, refund [card •••• 1111]");
    assert_snapshot!(check("one more time 4111111111111111"), @"one more time [card •••• 1111]");
    assert_snapshot!(check("환불 4111111111111111"), @"환불 [card •••• 1111]");
    assert_snapshot!(check("고객 4111111111111111"), @"고객 [card •••• 1111]");
    assert_snapshot!(check("card: 41111 11111 111111"), @"card: [card •••• 1111]");
}

#[test]
fn other_numbers_stay() {
    none(&[
        // Luhn-valid, and named as something else.
        "order 4111111111111111",
        "Order #4111111111111111",
        "#4111111111111111",
        "order number: 4111 1111 1111 1111",
        "orderId=4111111111111111",
        "order_no: 4111111111111111",
        "주문번호 4111111111111111",
        "주문번호는 4111-1111-1111-1111 입니다",
        "주문 4111111111111111",
        "운송장번호: 4111111111111111",
        "송장 번호 : 4111111111111111",
        "tracking no. 4111111111111111",
        "order number:\n4111111111111111",
        "your order is 4111111111111111",
        "customer no. 4111111111111111",
        "고객번호 4111111111111111",
        "상품: 4111111111111111",
        "user id 4111111111111111",
        // Part of a code.
        "ORD-4111111111111111",
        "ORD4111111111111111",
        "order_4111111111111111",
        "112-4111111111111111",
        "0.4111111111111111",
        "+4222222222222",
        "4111111111111111abc",
        "https://shop.example/o/4111111111111111",
        "/orders/4111111111111111",
        "4111-1111-1111-1111-9911",
        "0000-4111-1111-1111-1111",
        "DE89 4111 1111 1111 1111 00",
        "9400 4111 1111 1111 1111 00",
        "tracking 9999 4111 1111 1111 1111 00",
        "12345678-4111-4111-8111-111111111111",
        "41111111111111110000",
        // Wrong check digit, wrong issuer, wrong length.
        "4111111111111112",
        "1234567890123452",
        "2026112212345678",
        "356938035643809",
        "411111111111111",
        // Lists of equal numbers.
        "41111111\n11111111\n41111111\n11111111",
        "4111\n1111\n1111\n1111\n1111\n1111",
        "010-1234-5678 010-2345-6789",
        "2019 2020 2021 2022 2023",
    ]);
}

#[test]
fn resident_numbers() {
    all(
        &[
            "900101-1234567",
            "９００１０１－１２３４５６７",
            "900101 - 1234567",
            "900101–1234567",
            "900101 1234567",
            "900101-\n1234567",
            "000229-3234567",
            "900101-5234567",
            // In one: the check digit is right.
            "9001011234568",
            "8801231234564",
        ],
        "[ID ••••••-•••••••]",
    );
    assert_snapshot!(check("제 주민번호는 900101-1234567이에요"), @"제 주민번호는 [ID ••••••-•••••••]이에요");
    assert_snapshot!(check("주민등록번호: 9001011234567"), @"주민등록번호: [ID ••••••-•••••••]");
    assert_snapshot!(check("주민등록 번호 2101013234567"), @"주민등록 번호 [ID ••••••-•••••••]");
    assert_snapshot!(check("resident registration number 9001011234567"), @"resident registration number [ID ••••••-•••••••]");
    none(&[
        "900101-9234567",
        "901301-1234567",
        "900230-1234567",
        "주문번호 900101-1234567",
        "법인등록번호 110111-1234567",
        "110111-1234567",
        "900101-12345678",
        "1900101-1234567",
        "900101-1234567-1",
        "A900101-1234567",
        "900101.1234567",
        "9001011234567",
        "9001011234568a",
        "1763769600000",
        "1701012234567",
        "8801234567893",
        "8801231234613",
    ]);
}

#[test]
fn keys() {
    let secret = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5hJ7k";
    for prefix in [
        "sk_live_",
        "rk_live_",
        "whsec_",
        "live_sk_",
        "ghp_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "AIza",
        "ya29.",
        "npm_",
        "hf_",
        "sk-",
    ] {
        assert_eq!(check(&format!("key {prefix}{secret}.")), "key [key ••••].", "{prefix}");
        assert_eq!(check(&format!("x{prefix}{secret}")), format!("x{prefix}{secret}"), "{prefix}");
        assert_eq!(check(&format!("{prefix}short")), format!("{prefix}short"), "{prefix}");
    }
    all(
        &[
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAIOSFODNNABC7CARD",
            "SG.aB3dE5gH7jK9mN1pQ3sT5v.aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5hJ7k",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG\\n-----END PRIVATE KEY-----",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\nAAAAEbm9uZQAAAAAAAAABAAAAlwAAAAdz",
        ],
        "[key ••••]",
    );
    assert_snapshot!(check("AKIAIOSFODNN7EXAMPLE-----BEGIN PRIVATE KEY-----"), @"[key ••••][key ••••]");
    assert_snapshot!(check("card6458481824154013password: a1password"), @"card[card •••• 4013]password: [key ••••]");
    assert_snapshot!(check("password: hunter2hunter2, please"), @"password: [key ••••], please");
    assert_snapshot!(check("비밀번호: abc12345!"), @"비밀번호: [key ••••]");
    assert_snapshot!(check("DB_PASSWORD=\"abc12345\""), @r#"DB_PASSWORD="[key ••••]""#);
    assert_snapshot!(check(r#"{"api_key": "a1b2c3d4e5f6g7h8"}"#), @r#"{"api_key": "[key ••••]"}"#);
    assert_snapshot!(check("Authorization: Bearer a1b2c3d4e5f6g7h8i9j0"), @"Authorization: Bearer [key ••••]");
    assert_snapshot!(check("postgres://app:s3cret@db.example/x"), @"postgres://app:[key ••••]@db.example/x");
    none(&[
        "I forgot my password: what now?",
        "password: abcdefgh",
        "password: ${DB_PASSWORD1}",
        "password: https://a.example/reset1",
        "The secret of task-force-2026-and-more",
        "token: 12345",
        "sk-this-is-a-very-long-slug-of-an-article-without-digits",
        "AKIAIOSFODNN7EXAMPLE2",
        "AKIAIOSFODNNABC7CARD4111111111111111",
        "https://a.example:8080/x@y",
        "eyJhbGciOiJIUzI1NiJ9.short",
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG\n-----END PUBLIC KEY-----",
        "비밀번호는 문서 12345678 참고",
    ]);
}

#[test]
fn marks_that_were_there_are_found() {
    let redacted = redact("a [card •••• 1111] b 900101-1234567 [key ••••]");
    assert_eq!(redacted.text, "a [card •••• 1111] b [ID ••••••-•••••••] [key ••••]");
    let kinds: Vec<Kind> = redacted.found.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [Kind::Card, Kind::ResidentNumber, Kind::Key]);
}

/// What was left beside a number is left beside its mark.
#[test]
fn marks_hinder_what_numbers_hindered() {
    assert_snapshot!(check("41111111\n11111111\n42222222\n22222"), @r"
    41111111
    11111111
    [card •••• 2222]
    ");
    assert_snapshot!(check("4111-1111-1111-1111-4111 1111 1111 1111"), @"4111-1111-1111-1111-[card •••• 1111]");
}

#[test]
fn cleaned_is_storable_too() {
    assert_eq!(cleaned("a\0 4111111111111111"), "a\u{fffd} [card •••• 1111]");
}

/// What texts are made of that are hard for the rules: numbers and parts of them, whatever goes before, between and behind.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,8}",
        2 => "[0-9]{13,20}",
        2 => "4[0-9]{3}|5[1-5][0-9]{2}|[0-9]{4}",
        3 => prop::sample::select(&[
            "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "41111111", "11111111", "378282246310005",
            "4222222222222", "6228481234567890128", "900101-1234567", "900101", "1234567", "9001011234568", "DE89", "9400",
            "[card •••• 1111]", "[ID ••••••-•••••••]", "[key ••••]", "[card •••• ", "]",
        ][..]).prop_map(str::to_owned),
        6 => prop::sample::select(&[
            " ", " ", " ", "-", "-", ".", ",", "/", "_", "\n", "\n", "\r\n", "  ", " - ", "\u{a0}", "\u{200b}", "%20", "+", "#", ":",
            ": ", "=", "１", "가",
        ][..]).prop_map(str::to_owned),
        2 => prop::sample::select(&[
            "order", "order number", "주문번호", "운송장", "card", "카드", "주민번호", "id", "no.", "tracking", "is", "a", "x", "://", "/o/",
            "password", "password: a1", "password=", "bearer ", "비밀번호: ", "sk_live_", "AKIA", "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNNABC7", "CARD", "eyJ",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "https://a:", "@",
            "abcdefghijklmnop", "xoxb-", "SG.",
        ][..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Groups of digits that fit together in many ways.
fn groups() -> impl Strategy<Value = String> {
    let group = [
        "4111",
        "1111",
        "4111",
        "1111",
        "41111111",
        "11111111",
        "4111111111111111",
        "411111",
        "3782",
        "822463",
        "10005",
        "12",
        "123",
        "9",
        "1226",
        "900101",
        "1234567",
        "9400",
        "DE89",
        "order number:",
        "card",
        "#",
        "[card •••• 1111]",
        "",
    ];
    let gap = [" ", " ", " ", "-", "-", "\n", "\n", ".", "/", "  ", " - ", "-\n", ": ", ""];
    let pair = (prop::sample::select(group.to_vec()), prop::sample::select(gap.to_vec()));
    prop::collection::vec(pair.prop_map(|(group, gap)| [group, gap].concat()), 0..20).prop_map(|pairs| pairs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn again_changes_nothing(text in pieces()) {
        check(&text);
    }

    #[test]
    fn again_changes_nothing_in_groups(text in groups()) {
        check(&text);
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn no_text_is_made_of_nothing(text in pieces()) {
        // What is not within a mark was in the text, in this order.
        let redacted = redact(&text);
        let (mut rest, mut end) = (text.as_str(), 0);
        for range in redacted.found.iter().map(|found| found.range.clone()).chain(std::iter::once(redacted.text.len()..0)) {
            let kept = &redacted.text[end..range.start];
            let at = rest.find(kept);
            prop_assert!(at.is_some(), "{kept:?} in {rest:?}");
            rest = &rest[at.unwrap_or_default() + kept.len()..];
            end = range.end;
        }
    }
}
