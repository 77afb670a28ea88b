//! In which language a question is to be answered.

/// Picks one of the `available` languages: that of the question's script where it tells and there are articles in it,
/// else the wished one, else the default. Tags are compared by their primary subtag where they do not agree whole.
pub fn choose<'a>(text: &str, wished: Option<&str>, available: &[&'a str], default: &'a str) -> &'a str {
    let wished = wished.and_then(|wished| find(wished, available));
    for tag in languages_of_script(text) {
        // A page in one of the script's languages knows better which.
        if let Some(wished) = wished
            && primary(wished) == *tag
        {
            return wished;
        }
    }
    languages_of_script(text).iter().find_map(|tag| find(tag, available)).or(wished).unwrap_or(default)
}

/// Other languages asked at most: each may have to be fetched.
const OTHERS: usize = 2;

/// The languages in which a question is to be asked until one answers: that which [`choose`] picks, then the wished one,
/// the default, and any other. Three at most.
pub fn order<'a>(text: &str, wished: Option<&str>, available: &[&'a str], default: &'a str) -> Vec<&'a str> {
    let wished = wished.and_then(|wished| find(wished, available));
    let mut order = vec![choose(text, wished, available, default)];
    for tag in wished.into_iter().chain(find(default, available)).chain(available.iter().copied()) {
        if !order.contains(&tag) && order.len() <= OTHERS {
            order.push(tag);
        }
    }
    order
}

fn find<'a>(tag: &str, available: &[&'a str]) -> Option<&'a str> {
    let same = |known: &&&'a str| known.eq_ignore_ascii_case(tag);
    let related = |known: &&&'a str| primary(known).eq_ignore_ascii_case(primary(tag));
    available.iter().find(same).or_else(|| available.iter().find(related)).copied()
}

/// The language subtag of a tag: `ko` of `ko-KR`.
pub(crate) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Languages, likeliest first, that the letters of `text` point to; none where they do not tell.
///
/// Kana means Japanese even beside many Han characters; a Korean question may hold a few Latin words, and long ones:
/// in "SSL 인증서 error" a third of the words tells.
pub fn languages_of_script(text: &str) -> &'static [&'static str] {
    let mut counts = [0_usize; 8];
    for char in text.chars() {
        let script = match char {
            _ if is_hangul(char) => 0,
            '\u{3041}'..='\u{30ff}' => 1,
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => 2,
            '\u{e01}'..='\u{e5b}' => 3,
            '\u{400}'..='\u{52f}' => 4,
            '\u{370}'..='\u{3ff}' => 5,
            '\u{600}'..='\u{6ff}' => 6,
            '\u{900}'..='\u{97f}' => 7,
            _ => continue,
        };
        counts[script] += 1;
    }
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    let [hangul, kana, han, thai, cyrillic, greek, arabic, devanagari] = counts;
    // A third of the letters: a foreign name in a Latin question does not change its language.
    let enough = |count: usize| count > 0 && count * 3 >= letters;
    let words = || text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let hangul_words = words().filter(|word| word.chars().any(is_hangul)).count();
    if enough(hangul) || hangul_words > 0 && hangul_words * 3 >= words().count() {
        &["ko"]
    } else if kana > 0 && enough(kana + han) {
        &["ja"]
    } else if enough(han) {
        &["zh", "ja"]
    } else if enough(thai) {
        &["th"]
    } else if enough(cyrillic) {
        &["ru", "uk"]
    } else if enough(greek) {
        &["el"]
    } else if enough(arabic) {
        &["ar", "fa"]
    } else if enough(devanagari) {
        &["hi", "ne"]
    } else {
        &[]
    }
}

fn is_hangul(char: char) -> bool {
    matches!(char, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders() {
        let check = |text: &str, wished: Option<&str>, expected: &[&str]| {
            assert_eq!(order(text, wished, &["en", "ko", "pt-BR", "ja"], "en"), expected, "{text} {wished:?}");
        };
        check("how do I pay", None, &["en", "ko", "pt-BR"]);
        check("how do I pay", Some("ja"), &["ja", "en", "ko"]);
        check("결제는 어떻게 해요", Some("pt"), &["ko", "pt-BR", "en"]);
        assert_eq!(order("x", Some("fr"), &["en"], "en"), ["en"]);
    }

    #[test]
    fn choices() {
        let check = |text: &str, wished: Option<&str>, expected: &str| {
            assert_eq!(choose(text, wished, &["en", "ko", "pt-BR", "ja"], "en"), expected, "{text} {wished:?}");
        };
        check("how do I pay", None, "en");
        check("how do I pay", Some("ko"), "ko");
        check("결제는 어떻게 해요", Some("en"), "ko");
        check("API 키 발급", None, "ko");
        check("SSL 인증서 error", Some("en"), "ko");
        check("What does 안녕 mean in this whole sentence", Some("en"), "en");
        check("como pagar", Some("pt"), "pt-BR");
        check("como pagar", Some("PT-br"), "pt-BR");
        check("как платить", None, "en");
        check("支払方法", Some("ja"), "ja");
        check("支払方法", None, "ja");
        check("", Some("fr"), "en");
    }
}
