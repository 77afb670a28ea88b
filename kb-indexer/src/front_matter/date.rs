/// The day that `text` names: `YYYY-MM-DD`, alone or with a time behind it.
pub fn day(text: &str) -> Option<&str> {
    let text = text.trim();
    let day = text.get(..10)?;
    let rest = &text[10..];
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    let bytes = day.as_bytes();
    let well_formed = bytes.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !well_formed {
        return None;
    }
    let number = |range: std::ops::Range<usize>| day[range].parse::<u32>().ok();
    let (year, month, date) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=days).contains(&date).then_some(day)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_days_that_exist() {
        for (text, expected) in [
            ("2026-11-21", Some("2026-11-21")),
            (" 2024-02-29 ", Some("2024-02-29")),
            ("2026-11-21T09:00:00+09:00", Some("2026-11-21")),
            ("2026-11-21 09:00", Some("2026-11-21")),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("2026-11-31", None),
            ("2026-11-00", None),
            ("2026-11-211", None),
            ("2026/11/21", None),
            ("21.11.2026", None),
            ("11/21/2026", None),
            ("20261121", None),
            ("Nov 21, 2026", None),
            ("2026년 11월 21일", None),
            ("26-11-21", None),
            ("today", None),
            ("", None),
        ] {
            assert_eq!(super::day(text), expected, "{text}");
        }
    }
}
