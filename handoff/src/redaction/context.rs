//! What stands before a number: what it is named, and whether it is part of something larger.
//!
//! Only the text before a number is read, and of it what has been written already, marks included. A second run sees the
//! very same, so it decides the same.

use super::number::{Sign, digit};

/// Characters before a number that are looked at.
const NEAR: usize = 64;
/// Words before a number that are looked at.
const WORDS: usize = 6;
/// Characters of an address before a number that are looked at.
const ADDRESS: usize = 256;

/// What a number is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A payment card.
    Card,
    /// A resident number.
    Resident,
    /// Something else, such as an order.
    Other {
        /// Whether it is said to be a number (`order number`, `order:`), or only stands near (`order`).
        explicit: bool,
    },
    /// Nothing that is known.
    Unknown,
}

/// What a number touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touching {
    Nothing,
    /// Letters, or a code of letters and signs; or an address, or a `+`.
    Code,
    /// Other digits, with this sign between.
    Digits(Sign),
}

// Lists of words, separated by spaces.

/// Words for a payment card.
const CARD: &str = "\
    card cards credit debit creditcard debitcard visa mastercard master amex discover jcb diners \
    unionpay maestro rupay mir cc ccnum pan";
const CARD_KOREAN: &str = "카드 비자 마스터 아멕스 신용 체크";
/// Words for a resident number.
const RESIDENT: &str = "resident rrn foreigner alien arc jumin";
const RESIDENT_KOREAN: &str = "주민등록 주민 외국인등록 외국인 거소신고";
/// Words for other things that have numbers.
const OTHER: &str = "\
    order orders ord po invoice inv tracking waybill awb shipment parcel consignment rma reference ref ticket \
    confirmation booking reservation transaction txn trx serial sn imei meid iccid isbn ean upc gtin barcode sku \
    iban uid uuid guid timestamp";
const OTHER_KOREAN: &str = "\
    주문 운송장 송장 배송 등기 화물 소포 추적 예약 접수 거래 바코드 시리얼 일련 계좌 \
    사업자 사업자등록 법인 법인등록";
/// Words for such things that stand in sentences about cards, too: they count only where they are said to have a number.
const WEAK: &str = "\
    receipt quote track shipping package delivery case request customer member model part item product phone tel fax \
    mobile whatsapp time session trace";
const WEAK_KOREAN: &str = "\
    택배 우편 발송 조회 문의 요청 상품 제품 모델 품목 영수증 청구서 견적 \
    전화 휴대폰 핸드폰 연락처 고객 회원 쿠폰 참조";
/// Words that say that a number follows.
const NUMBER: &str = "number numbers num no nr nbr code registration id";
const NUMBER_KOREAN: &str = "번호 코드 넘버 등록";
/// Words that may stand between a name and its number.
const BETWEEN: &str = "is was the my our your this s digital";
const BETWEEN_KOREAN: &str = "제 내 저의 나의 이 그";
/// Endings of Korean words, the longest first.
const ENDINGS: &str = "입니다 이에요 예요 으로 에는 은 는 이 가 을 를 의 로 도 만 인 요";

/// What the number behind this text is called: the nearest known name with nothing but words and signs between that go with
/// a name.
pub(super) fn name(before: &str) -> Name {
    let mut rest = tail(before, NEAR);
    let (mut explicit, mut id) = (false, false);
    let hash = rest.trim_end().ends_with(['#', '№', '＃']);
    for _ in 0..WORDS {
        let (signs, word) = last_word(rest);
        let Some(signs) = signs else { break };
        explicit |= signs.contains([':', '=', '#', '№', '：', '＃']);
        let lower = word.to_lowercase();
        match meaning(&lower) {
            Meaning::Name(Name::Other { explicit: says_number }) => {
                return Name::Other { explicit: explicit || says_number };
            }
            Meaning::Name(name) => return name,
            Meaning::Weak if explicit => return Name::Other { explicit },
            Meaning::Weak | Meaning::Nothing => break,
            Meaning::Number => {
                explicit = true;
                id |= lower == "id";
            }
            Meaning::Between => {}
        }
        let end = rest.len() - signs.len() - word.len();
        rest = rest.get(..end).unwrap_or_default();
    }
    // `#4…` and `id 4…` name something, if not what.
    if hash || id { Name::Other { explicit: false } } else { Name::Unknown }
}

enum Meaning {
    Name(Name),
    /// A name where it is said to have a number, else nothing.
    Weak,
    /// Says that a number follows, not of what.
    Number,
    Between,
    Nothing,
}

fn meaning(word: &str) -> Meaning {
    if word.is_ascii() {
        return english(word);
    }
    let stem =
        ENDINGS.split(' ').find_map(|ending| word.strip_suffix(ending).filter(|stem| !stem.is_empty())).unwrap_or(word);
    // Where an ending was cut off a word that needs it, the word itself is known.
    [word, stem]
        .into_iter()
        .map(korean)
        .find(|meaning| !matches!(meaning, Meaning::Nothing))
        .unwrap_or(Meaning::Nothing)
}

fn listed(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

fn english(word: &str) -> Meaning {
    if listed(NUMBER, word) {
        return Meaning::Number;
    }
    // `orderNumber`, `cardno`.
    let stem = NUMBER.split(' ').find_map(|number| word.strip_suffix(number));
    thing([CARD, RESIDENT, OTHER, WEAK], word, stem, |word, known| word == known).unwrap_or(if listed(BETWEEN, word) {
        Meaning::Between
    } else {
        Meaning::Nothing
    })
}

fn korean(word: &str) -> Meaning {
    let stem = NUMBER_KOREAN.split(' ').find_map(|number| word.strip_suffix(number));
    if stem == Some("") {
        return Meaning::Number;
    }
    let lists = [CARD_KOREAN, RESIDENT_KOREAN, OTHER_KOREAN, WEAK_KOREAN];
    // What goes before belongs to the same word: `온라인주문`.
    thing(lists, word, stem, |word, known| word.ends_with(known)).unwrap_or(if listed(BETWEEN_KOREAN, word) {
        Meaning::Between
    } else {
        Meaning::Nothing
    })
}

/// The thing that a word is for, or its stem before "number".
fn thing(lists: [&str; 4], word: &str, stem: Option<&str>, is: fn(&str, &str) -> bool) -> Option<Meaning> {
    let [card, resident, other, weak] = lists;
    let named = |word: &str, explicit| {
        let within = |list: &str| list.split(' ').any(|known| is(word, known));
        if within(card) {
            Some(Meaning::Name(Name::Card))
        } else if within(resident) {
            Some(Meaning::Name(Name::Resident))
        } else if within(other) || (explicit && within(weak)) {
            Some(Meaning::Name(Name::Other { explicit }))
        } else {
            within(weak).then_some(Meaning::Weak)
        }
    };
    named(word, false).or_else(|| named(stem?, true))
}

/// The last word of a text and the signs behind it; no signs where those end the sentence.
fn last_word(text: &str) -> (Option<&str>, &str) {
    let signs = text.trim_end_matches(|char: char| !is_in_word(char));
    let word = signs.trim_end_matches(is_in_word).len();
    let (before, word) = (text.get(signs.len()..).unwrap_or_default(), signs.get(word..).unwrap_or_default());
    // A line may end only behind a colon and the like.
    let lines = before.contains(['\n', '\r']) && !before.contains([':', '=', '：']);
    let known = |char: char| char.is_whitespace() || ":=#№：＃\"'`(-_./*<>".contains(char);
    let ends = before.contains(". ") && !matches!(word.to_ascii_lowercase().as_str(), "no" | "nr" | "num");
    ((!word.is_empty() && !lines && !ends && before.chars().all(known)).then_some(before), word)
}

fn is_in_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '가'..='힣')
}

/// The last characters of a text.
fn tail(text: &str, chars: usize) -> &str {
    let start = text.char_indices().rev().take(chars).last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// What the number behind this text touches.
pub(super) fn touching(before: &str) -> Touching {
    let mut chars = before.chars().rev();
    let sign = match chars.next() {
        Some('+' | '＋') => return Touching::Code,
        Some(char) if char.is_ascii_alphabetic() => return Touching::Code,
        Some('_') => Sign::Rare,
        Some('-' | '\u{2010}'..='\u{2015}' | '\u{2212}') => Sign::Dash,
        Some('.') => Sign::Dot,
        Some(',') => Sign::Rare,
        Some('/') if is_address(before) => return Touching::Code,
        Some('/') => Sign::Rare,
        _ => return Touching::Nothing,
    };
    let slash = before.ends_with(['/', ',']);
    match chars.next() {
        Some(char) if digit(char).is_some() => Touching::Digits(sign),
        Some(char) if char.is_ascii_alphabetic() && sign != Sign::Dot && !slash => Touching::Code,
        _ => Touching::Nothing,
    }
}

/// Whether a text ends within an address or a path.
fn is_address(text: &str) -> bool {
    let near = tail(text, ADDRESS);
    let start = near.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let token = near.get(start..).unwrap_or(near);
    token.contains("://") || token.starts_with('/') || token.starts_with("www.")
}

/// Groups of four digits before a number that are looked at.
const GROUPS: usize = 6;

/// What goes before a number in groups of four: groups of four digits, one space between.
pub(super) struct Lead {
    /// How many groups.
    pub(super) groups: usize,
    /// First two digits of the first.
    pub(super) first: Option<(u8, u8)>,
    /// Whether they, and so the number, are the account of an IBAN or are named as something else.
    pub(super) named: bool,
}

/// What goes before a number in groups of four.
pub(super) fn lead(before: &str) -> Lead {
    let mut lead = Lead { groups: 0, first: None, named: false };
    let mut rest = tail(before, NEAR);
    while lead.groups < GROUPS
        && let Some(text) = rest.strip_suffix([' ', '\u{a0}'])
    {
        if is_iban(text) {
            lead.named = true;
            return lead;
        }
        let start = text.trim_end_matches(|char| digit(char).is_some());
        let group: Vec<u8> = text.get(start.len()..).unwrap_or_default().chars().filter_map(digit).collect();
        let [first, second, _, _] = group.as_slice() else { break };
        lead.groups += 1;
        lead.first = Some((*first, *second));
        rest = start;
    }
    lead.named = lead.groups > 0 && matches!(name(rest), Name::Other { .. });
    lead
}

/// Whether a text ends in the first group of an IBAN: a country, two digits.
fn is_iban(text: &str) -> bool {
    let group = tail(text, 4);
    let before = text.get(..text.len() - group.len()).unwrap_or_default();
    let bytes = group.as_bytes();
    bytes.len() == 4
        && bytes.iter().take(2).all(u8::is_ascii_uppercase)
        && bytes.iter().skip(2).all(u8::is_ascii_digit)
        && !before.ends_with(|char: char| char.is_ascii_alphanumeric())
}
