//! Whether groups of digits are a Korean resident registration number or a foreigner's: `YYMMDD-SNNNNNN`, where `S` tells
//! sex, century and whether one is a foreigner.

use super::{
    context::{Name, Touching, name, touching},
    number::{Group, Next, Reading, Sign},
};

/// Births that are possible: nobody is older, and nobody is born yet.
const POSSIBLE: core::ops::RangeInclusive<u32> = 1915..=2049;
/// Births that are told from other numbers of thirteen digits: the years after 2012 are the first digits of today's
/// timestamps in milliseconds, those before 1930 of orders that begin with the day.
const LIKELY: core::ops::RangeInclusive<u32> = 1930..=2012;

/// The group at which a resident number ends, where the reading of `rest`, which stands behind `before`, begins with one.
pub(super) fn resident<'r>(before: &str, rest: &str, reading: &'r Reading) -> Option<&'r Group> {
    let groups = reading.groups.as_slice();
    let last = match groups {
        [one, ..] if one.len == 13 => one,
        [one, two, ..] if one.len == 6 && two.len == 7 => two,
        _ => return None,
    };
    let digits = reading.digits.get(..13)?;
    let year = year(digits).filter(|year| POSSIBLE.contains(year))?;
    if touching(before) != Touching::Nothing {
        return None;
    }
    let after = rest.get(last.end..).unwrap_or_default();
    let next = groups.iter().find(|group| group.first == 13).map(|group| group.gap);
    let gap = next.or(if let Next::Mark(gap) = reading.next { Some(gap) } else { None });
    if after.starts_with(|char: char| char.is_ascii_alphabetic()) || gap.is_some_and(|gap| gap.is_tight()) {
        return None;
    }
    let called = name(before);
    let shaped = match last.gap {
        _ if last.first == 0 => {
            called == Name::Unknown && LIKELY.contains(&year) && checks(digits) && !is_barcode(digits)
        }
        gap => gap.sign == Some(Sign::Dash) || (gap.spaces && gap.sign.is_none() && !gap.line),
    };
    match called {
        Name::Resident => Some(last),
        Name::Other { explicit: true } => None,
        _ => shaped.then_some(last),
    }
}

/// The year of birth, where the date is one that there is.
fn year(digits: &[u8]) -> Option<u32> {
    let two = |at: usize| Some(u32::from(*digits.get(at)?) * 10 + u32::from(*digits.get(at + 1)?));
    let (year, month, day) = (two(0)?, two(2)?, two(4)?);
    let year = year
        + match digits.get(6)? {
            1 | 2 | 5 | 6 => 1900,
            3 | 4 | 7 | 8 => 2000,
            // The century before is over.
            _ => return None,
        };
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then_some(year)
}

/// Whether the check digit is right by the rule of the numbers given until October 2020.
fn checks(digits: &[u8]) -> bool {
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    // Foreigners' numbers are two on.
    let base = if matches!(digits.get(6), Some(5..=8)) { 13 } else { 11 };
    digits.get(12).is_some_and(|check| u32::from(*check) == (base - sum % 11) % 10)
}

/// Whether it is the barcode (EAN-13) of Korean goods, which begin with 880, and so with a day of 1988.
fn is_barcode(digits: &[u8]) -> bool {
    let sum: u32 =
        digits.iter().enumerate().map(|(at, digit)| u32::from(*digit) * if at % 2 == 0 { 1 } else { 3 }).sum();
    digits.starts_with(&[8, 8, 0]) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect()
    }

    #[test]
    fn dates() {
        let check = |text: &str, expected| assert_eq!(year(&digits(text)), expected, "{text}");
        check("900101-1234567", Some(1990));
        check("000229-3234567", Some(2000));
        check("000229-1234567", None);
        check("040229-8234567", Some(2004));
        check("050229-8234567", None);
        check("900431-1234567", None);
        check("901301-1234567", None);
        check("900100-1234567", None);
        check("900001-1234567", None);
        check("900101-9234567", None);
        check("900101-0234567", None);
    }

    #[test]
    fn check_digits() {
        // Worked by hand: the sum for 900101123456? is 2*9 + 5*1 + 7*1 + 8*1 + 9*2 + 2*3 + 3*4 + 4*5 + 5*6 = 124 = 11*11 + 3.
        assert!(checks(&digits("900101-1234568")));
        assert!(!checks(&digits("900101-1234567")));
        // And for 900101523456?: 8*4 more, 156 = 14*11 + 2, so 13 - 2 = 11, of which the last digit.
        assert!(checks(&digits("900101-5234561")));
    }
}
