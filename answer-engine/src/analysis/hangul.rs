//! Korean words: composed syllables, particles cut off.

/// Endings that are cut off a Korean word, longest match first: case particles, the copula, and the commonest endings
/// of 하다 and 되다. A list of this size with bigrams beside it was measured as good as a morphological analyser with a
/// dictionary of 100 MB. By their number of syllables, each three bytes, with a space between two of them: a table of addresses
/// would take more bytes than the words.
const ENDINGS: [&str; 5] = [
    "\
     가 고 과 께 나 는 도 된 들 라 란 로 를 만 며 면 에 와 요 은 을 의 이 인 한 할 함",
    "\
     과의 까지 돼서 돼요 됐다 되고 되는 되면 되어 된다 들에 들은 들을 들의 들이 라고 라는 로는 로서 로써 로의 마다 \
     보다 부터 에게 에는 에도 에서 였다 예요 와의 으로 이고 이나 이다 이라 이란 이랑 이며 인가 인데 처럼 하게 하고 \
     하기 하는 하며 하면 하여 한다 한테 해서 해야 해요 해줘 했다",
    "\
     까지는 됐어요 되나요 되는데 되는지 되도록 될까요 됩니다 부터는 에게서 에서는 에서도 에서의 으로는 으로서 \
     으로써 으로의 이라고 이라는 이었다 이에요 인가요 입니까 입니다 하나요 하는데 하는지 하도록 하려고 하려는 \
     하려면 하세요 한테서 할게요 할까요 합니다 했는데 했어요",
    "되었어요 하는데요 해주세요 했는데요 했습니다",
    "되었습니다",
];

/// Nouns, most of them from English, whose last syllable only looks like an ending; in the same form.
const WHOLE: [&str; 4] = [
    "",
    "화면 권한 제한 광고 할인 승인 확인",
    "\
     로그인 온라인 디자인 도메인 카메라 인프라 해상도 난이도 어린이",
    "오프라인 플러그인",
];

/// `word` without the longest ending that leaves two syllables or more.
pub(super) fn strip_particle(word: &str) -> &str {
    let letters = word.chars().count();
    if ending(word, &WHOLE, letters) > 0 {
        return word;
    }
    &word[..word.len() - ending(word, &ENDINGS, letters.saturating_sub(2))]
}

/// How many bytes the longest of the words takes, of no more than `most` syllables, that `word` ends with; 0 where there is
/// none.
fn ending(word: &str, by_syllables: &[&str], most: usize) -> usize {
    let mut longest = 0;
    for (list, syllables) in by_syllables.iter().zip(1..=most) {
        let length = 3 * syllables;
        let Some(end) = word.len().checked_sub(length).map(|start| &word.as_bytes()[start..]) else { break };
        // Most differ in the last byte.
        let last = end.last();
        if list.as_bytes().chunks(length + 1).any(|word| word.get(length - 1) == last && word.starts_with(end)) {
            longest = length;
        }
    }
    longest
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
        check("설치하려면", "설치");
        check("취소했어요", "취소");
        check("접속됩니다", "접속");
        // What only looks like an ending.
        check("로그인", "로그인");
        check("로그인을", "로그인");
        check("설정화면", "설정화면");
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
