//! Which numbers of payment cards there are: the first digits that issuers were given, and the lengths that go with them,
//! after ISO/IEC 7812's register as the card networks publish their ranges.

/// First and last of a range of beginnings (both of as many digits), shortest and longest number.
type Issuer = (u32, u32, usize, usize);

const ISSUERS: [Issuer; 42] = [
    // Visa: 13 on old cards, 19 on some new ones.
    (4, 4, 13, 13),
    (4, 4, 16, 16),
    (4, 4, 19, 19),
    // Mastercard.
    (51, 55, 16, 16),
    (2221, 2720, 16, 16),
    // American Express.
    (34, 34, 15, 15),
    (37, 37, 15, 15),
    // Discover.
    (6011, 6011, 16, 19),
    (644, 649, 16, 19),
    (65, 65, 16, 19),
    // UnionPay; Discover's shared range 622126 to 622925 is part of it.
    (62, 62, 16, 19),
    (81, 81, 16, 19),
    // Diners Club.
    (300, 305, 14, 14),
    (3095, 3095, 14, 14),
    (36, 36, 14, 14),
    (38, 39, 14, 14),
    (300, 305, 16, 19),
    (3095, 3095, 16, 19),
    (36, 36, 16, 19),
    (38, 39, 16, 19),
    // JCB: 15 on old cards.
    (3528, 3589, 16, 19),
    (2131, 2131, 15, 15),
    (1800, 1800, 15, 15),
    // Maestro.
    (5018, 5018, 13, 19),
    (5020, 5020, 13, 19),
    (5038, 5038, 13, 19),
    (5893, 5893, 13, 19),
    (6304, 6304, 13, 19),
    (6759, 6759, 13, 19),
    (6761, 6763, 13, 19),
    (6767, 6767, 16, 19),
    (6771, 6771, 16, 19),
    // RuPay, Elo, Verve, Hipercard.
    (506, 509, 16, 19),
    (60, 60, 16, 16),
    (82, 82, 16, 16),
    // Dankort.
    (5019, 5019, 16, 16),
    // Interpayment, InstaPayment.
    (636, 639, 16, 19),
    // Mir, Borica.
    (2200, 2204, 16, 19),
    (2205, 2205, 16, 16),
    // Uzcard, Humo, Troy.
    (8600, 8600, 16, 16),
    (9860, 9860, 16, 16),
    (9792, 9792, 16, 16),
];

/// Whether an issuer has numbers of this length that begin so.
pub(super) fn is_known(digits: &[u8]) -> bool {
    let lead = |count: u32| {
        let first = digits.get(..count as usize)?;
        Some(first.iter().fold(0, |number, digit| number * 10 + u32::from(*digit)))
    };
    ISSUERS.iter().any(|(first, last, shortest, longest)| {
        let count = first.ilog10() + 1;
        (*shortest..=*longest).contains(&digits.len())
            && lead(count).is_some_and(|lead| (*first..=*last).contains(&lead))
    })
}

/// Whether the last digit is right by the Luhn formula (ISO/IEC 7812-1, annex B).
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match u32::from(*digit) {
            digit if at % 2 == 0 => digit,
            digit if digit > 4 => digit * 2 - 9,
            digit => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    #[test]
    fn published_test_numbers() {
        for number in [
            "4111111111111111",
            "4222222222222",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "6011111111111117",
            "30569309025904",
            "38520000023237",
            "3530111333300000",
            "6200000000000005",
            "6759649826438453",
            "2200000000000004",
        ] {
            let digits = digits(number);
            assert!(luhn(&digits) && is_known(&digits), "{number}");
        }
    }

    #[test]
    fn others_are_not_known() {
        for number in [
            "1234567890123456",
            "2026112212345678",
            "9781234567897",
            "356938035643809",
            "8801234567890",
            "411111111111111",
            "37828224631000",
            "",
            "4",
        ] {
            assert!(!is_known(&digits(number)), "{number}");
        }
        assert!(!luhn(&digits("4111111111111112")));
    }
}
