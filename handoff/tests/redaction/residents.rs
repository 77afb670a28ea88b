//! Korean resident registration numbers and foreigners', in the ways that people write them.

use crate::random::Random;

/// A text with a number in it.
pub(crate) struct Resident {
    pub(crate) writing: &'static str,
    pub(crate) text: String,
    /// The text without the number.
    pub(crate) expected: String,
}

const SENTENCES: [(&str, &str); 8] = [
    ("", ""),
    ("제 주민번호는 ", "입니다"),
    ("주민등록번호: ", " 확인해 주세요"),
    ("본인 확인 ", "이에요."),
    ("외국인등록번호 ", " 로 가입했어요"),
    ("my ID is ", ", please check"),
    ("카드 말고 ", "로 조회해 주세요"),
    ("(", ")"),
];

const WRITINGS: [&str; 7] =
    ["a dash", "a dash", "an en dash", "a space", "a spaced dash", "full-width", "in one, named"];

/// The next number. Its last six digits are random: since October 2020 there is no check digit.
pub(crate) fn resident(random: &mut Random) -> Resident {
    let year = random.within(1940, 2026);
    let (month, day) = (random.within(1, 12), random.within(1, 28));
    let sexes: &[u64] = if year < 2000 { &[1, 2, 5, 6] } else { &[3, 4, 7, 8] };
    let (birth, rest) =
        (format!("{:02}{month:02}{day:02}", year % 100), format!("{}{}", random.pick(sexes), random.digits(6)));
    let writing = random.pick(&WRITINGS);
    let (mut before, mut after) = random.pick(&SENTENCES);
    let number = match writing {
        "a dash" => format!("{birth}-{rest}"),
        "an en dash" => format!("{birth}–{rest}"),
        "a space" => format!("{birth} {rest}"),
        "a spaced dash" => format!("{birth} - {rest}"),
        "full-width" => format!("{birth}-{rest}")
            .chars()
            .map(|char| char.to_digit(10).and_then(|digit| char::from_u32(0xff10 + digit)).unwrap_or('－'))
            .collect(),
        _ => {
            (before, after) =
                random.pick(&[("주민번호 ", ""), ("주민등록번호는 ", "입니다"), ("resident registration no. ", ".")]);
            format!("{birth}{rest}")
        }
    };
    let expected = format!("{before}[ID ••••••-•••••••]{after}");
    Resident { writing, text: [before, &number, after].concat(), expected }
}
