//! Numbers of shops, carriers, phones, banks and machines, as they stand in messages to a help desk.

use crate::random::{Random, luhn};

type Make = fn(&mut Random) -> String;

const KINDS: [(&str, Make); 38] = [
    ("order: day and serial in one", |random| {
        let (year, month, day) = random.day();
        random_sentence(random, format!("{year}{month:02}{day:02}"), 8)
    }),
    ("order: day and serial with a dash", |random| {
        let (year, month, day) = random.day();
        let count = random.pick(&[6, 7, 8]);
        random_sentence(random, format!("{year}{month:02}{day:02}-"), count)
    }),
    ("order: short day and padded serial", |random| {
        let (year, month, day) = random.day();
        let serial = random.digits(4);
        sentence(random, format!("{:02}{month:02}{day:02}-000{serial}", year % 100))
    }),
    ("order: Amazon's 3-7-7", |random| {
        let first = random.pick(&[111, 112, 113, 114, 203, 302, 303, 305, 402, 403, 404, 405, 406, 408, 701, 702]);
        let number = format!("{first}-{}-{}", random.digits(7), random.digits(7));
        sentence(random, number)
    }),
    ("order: code with letters", |random| {
        let code = random.pick(&["ORD-", "ORD", "PO-", "INV-2026-", "order_", "SO", "R-", "A1-", "shop-"]);
        let count = random.within(8, 17) as usize;
        random_sentence(random, code.to_owned(), count)
    }),
    ("order: random, named in English", |random| {
        let name = random.pick(&[
            "order ",
            "Order #",
            "order no. ",
            "Order number: ",
            "my order number is ",
            "orderId=",
            "invoice ",
            "reference: ",
            "Ref ",
            "booking ",
            "transaction id ",
            "Order ID: ",
            "case #",
            "receipt no ",
        ]);
        let count = random.within(10, 19) as usize;
        [name, &random.digits(count), random.pick(&["", ".", " please", " is late"])].concat()
    }),
    ("order: random, named in Korean", |random| {
        let name = random.pick(&[
            "주문번호 ",
            "주문번호: ",
            "주문번호는 ",
            "주문 번호 ",
            "주문 ",
            "예약번호 ",
            "접수번호: ",
            "거래번호 ",
            "제 주문번호가 ",
        ]);
        let count = random.within(10, 19) as usize;
        [name, &random.digits(count), random.pick(&["", "입니다", " 취소해 주세요", "인데요"])].concat()
    }),
    ("order: random, behind #", |random| {
        let count = random.within(8, 18) as usize;
        ["Where is #", &random.digits(count), "?"].concat()
    }),
    ("order: random groups of four, named", |random| {
        let name = random.pick(&["order number ", "주문번호: ", "Order ID: "]);
        let by = random.pick(&["-", " "]);
        let groups: Vec<String> = (0..4).map(|_| random.digits(4)).collect();
        [name, &groups.join(by)].concat()
    }),
    ("order: random, 10 to 12 digits", |random| {
        let count = random.within(10, 12) as usize;
        random_sentence(random, String::new(), count)
    }),
    ("order: 13 and 14 digits, named", |random| {
        let count = random.pick(&[13, 14]);
        [random.pick(&["쿠팡 주문번호 ", "order ", "주문: "]), &random.digits(count)].concat()
    }),
    ("tracking: UPS", |random| {
        let (account, rest) = (random.digits(6), random.digits(10));
        sentence(random, format!("1Z{account}{rest}"))
    }),
    ("tracking: USPS, 22 digits", |random| {
        let first = random.pick(&["9400", "9205", "9361", "9407", "9303", "9270"]);
        random_sentence(random, first.to_owned(), 18)
    }),
    ("tracking: USPS, groups", |random| {
        let first = random.pick(&["9400", "9205", "9361", "9407", "9303", "9270"]);
        let groups: Vec<String> = [4, 4, 4, 4, 2].map(|count| random.digits(count)).to_vec();
        sentence(random, format!("{first} {}", groups.join(" ")))
    }),
    ("tracking: FedEx 12, 15 and 20 digits, named", |random| {
        let count = random.pick(&[12, 15, 20]);
        [random.pick(&["FedEx tracking ", "tracking number ", "tracking no: "]), &random.digits(count)].concat()
    }),
    ("tracking: international post", |random| {
        let number = format!(
            "{}{}{}",
            random.pick(&["EE", "RR", "CP", "LX"]),
            random.digits(9),
            random.pick(&["KR", "CN", "US"])
        );
        sentence(random, number)
    }),
    ("tracking: Korean carriers, 10 to 12 digits", |random| {
        let count = random.within(10, 12) as usize;
        [random.pick(&["", "CJ대한통운 ", "운송장번호 ", "송장 "]), &random.digits(count)].concat()
    }),
    ("tracking: Korean carriers, 4-4-4", |random| {
        let number = format!("{}-{}-{}", random.digits(4), random.digits(4), random.digits(4));
        [random.pick(&["", "운송장 ", "한진택배 "]), &number].concat()
    }),
    ("tracking: Korea Post, 13 digits", |random| {
        let first = random.pick(&["1", "6"]);
        [random.pick(&["", "등기번호 ", "우체국 "]), first, &random.digits(12)].concat()
    }),
    ("book: ISBN", |random| {
        let number = with_check(random.pick(&["978", "979"]).to_owned() + &random.digits(9));
        let dashed =
            format!("{}-{}-{}-{}-{}", &number[..3], &number[3..5], &number[5..9], &number[9..12], &number[12..]);
        sentence(random, if number.ends_with(['0', '5']) { dashed } else { number })
    }),
    ("goods: Korean barcode", |random| {
        let number = with_check("880".to_owned() + &random.digits(9));
        sentence(random, number)
    }),
    ("goods: barcode, named", |random| {
        let number = with_check(random.digits(12));
        [random.pick(&["barcode ", "EAN: ", "바코드 ", "상품번호 "]), &number].concat()
    }),
    ("device: IMEI", |random| {
        let start = random.pick(&["35", "86", "01", "99"]).to_owned() + &random.digits(12);
        let number = format!("{start}{}", luhn(&start));
        let groups = format!("{}-{}-{}-{}", &number[..2], &number[2..8], &number[8..14], &number[14..]);
        sentence(random, if start.ends_with(['0', '5']) { groups } else { number })
    }),
    ("device: SIM card's number", |random| {
        let start = "8982".to_owned() + &random.digits(14);
        sentence(random, format!("{start}{}", luhn(&start)))
    }),
    ("machine: UUID", |random| {
        let mut hex = |count: usize| -> String {
            (0..count).map(|_| random.pick(&b"0123456789abcdef".map(char::from))).collect()
        };
        let number = format!("{}-{}-4{}-8{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12));
        sentence(random, number)
    }),
    ("machine: UUID of digits", |random| {
        let number = format!(
            "{}-{}-4{}-8{}-{}",
            random.digits(8),
            random.digits(4),
            random.digits(3),
            random.digits(3),
            random.digits(12)
        );
        sentence(random, number)
    }),
    ("machine: milliseconds, micro- and nanoseconds", |random| {
        let seconds = random.within(1_500_000_000, 1_899_999_999).to_string();
        let count = random.pick(&[3, 3, 3, 6, 9]);
        random_sentence(random, seconds, count)
    }),
    ("machine: timestamps", |random| {
        let (year, month, day) = random.day();
        let (hour, minute, second) = (random.within(0, 23), random.within(0, 59), random.within(0, 59));
        let micros = random.digits(6);
        let text = match random.within(0, 3) {
            0 => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            1 => format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros}Z"),
            2 => format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}"),
            _ => format!("{year}.{month:02}.{day:02}. {hour:02}:{minute:02}"),
        };
        sentence(random, text)
    }),
    ("machine: ids of posts and people", |random| random_sentence(random, "1".to_owned(), 18)),
    ("machine: fractions and places", |random| {
        let text = format!("{}.{}, {}.{}", random.digits(2), random.digits(14), random.digits(3), random.digits(15));
        sentence(random, text)
    }),
    ("machine: addresses and versions", |random| {
        let mut part = || random.within(0, 255);
        let text = format!("{}.{}.{}.{}:8080 v{}.{}.{}", part(), part(), part(), part(), part(), part(), part());
        sentence(random, text)
    }),
    ("phone: Korean", |random| {
        let by = random.pick(&["-", " ", "", "."]);
        let text = ["010", &random.digits(4), &random.digits(4)].join(by);
        let more = ["010", &random.digits(4), &random.digits(4)].join(by);
        let text = random.pick(&[text.clone(), format!("{text} {more}"), format!("{text}\n{more}")].each_ref()).clone();
        sentence(random, text)
    }),
    ("phone: with country", |random| {
        let text = match random.within(0, 4) {
            0 => format!("+82-10-{}-{}", random.digits(4), random.digits(4)),
            1 => format!("+49 151 {}", random.digits(8)),
            2 => format!("+4915{}", random.digits(9)),
            3 => format!("+1 (415) 555-{}", random.digits(4)),
            _ => format!("+44 7{} {}", random.digits(3), random.digits(6)),
        };
        sentence(random, text)
    }),
    ("bank: Korean account", |random| {
        let sizes: &[usize] =
            random.pick(&[[3, 3, 6].as_slice(), &[4, 2, 7], &[6, 2, 6], &[3, 6, 5], &[3, 2, 6, 3], &[4, 4, 4, 1]]);
        let groups: Vec<String> = sizes.iter().map(|count| random.digits(*count)).collect();
        [random.pick(&["", "계좌번호 ", "국민은행 ", "account "]), &groups.join("-")].concat()
    }),
    ("bank: IBAN", |random| {
        let groups: Vec<String> = [4, 4, 4, 4, 2].map(|count| random.digits(count)).to_vec();
        let text = format!("{}{} {}", random.pick(&["DE", "AT", "ES", "FR"]), random.digits(2), groups.join(" "));
        sentence(random, text)
    }),
    ("company: registration", |random| {
        let text = match random.within(0, 1) {
            0 => format!("{}-{}-{}", random.digits(3), random.digits(2), random.digits(5)),
            _ => format!("법인등록번호 110111-{}", random.digits(7)),
        };
        sentence(random, text)
    }),
    ("list: numbers of eight digits on lines", |random| {
        let lines: Vec<String> = (0..random.within(3, 6)).map(|_| random.digits(8)).collect();
        format!("These failed:\n{}\nthanks", lines.join("\n"))
    }),
    ("list: amounts and counts", |random| {
        let text = format!(
            "{},{},{} {}개 {}%",
            random.digits(2),
            random.digits(3),
            random.digits(3),
            random.digits(2),
            random.digits(2)
        );
        sentence(random, text)
    }),
];

/// The next number in its sentence, and what it is.
pub(crate) fn other(random: &mut Random, at: usize) -> (&'static str, String) {
    let (kind, make) = KINDS[at % KINDS.len()];
    (kind, make(random))
}

fn random_sentence(random: &mut Random, start: String, count: usize) -> String {
    let number = start + &random.digits(count);
    sentence(random, number)
}

/// A sentence that does not say what the number is; or only the number.
fn sentence(random: &mut Random, number: String) -> String {
    let (before, after) = random.pick(&[
        ("", ""),
        ("Where is ", "?"),
        ("I mean ", ", the blue one"),
        ("it says ", ""),
        ("", " 언제 오나요?"),
        ("확인 부탁드려요 ", ""),
        ("(", ")"),
        ("", "입니다."),
    ]);
    [before, &number, after].concat()
}

/// With the check digit of EAN and ISBN.
fn with_check(number: String) -> String {
    let sum: u32 = number
        .chars()
        .filter_map(|char| char.to_digit(10))
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 3 })
        .sum();
    format!("{number}{}", (10 - sum % 10) % 10)
}
