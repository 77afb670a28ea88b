//! Words that questions are made of, whatever they ask for: interrogatives, auxiliaries, articles, politeness.
//!
//! They are rare in articles' texts, so that by rarity alone they would look telling. They are not removed, they count
//! less. Sorted lists by primary language subtag; a few dozen of the commonest say nearly all there is to gain.

/// The lists that questions in one language are held against.
///
/// They are written as one text each, for a table of addresses would take more bytes than the words, and taken apart once.
#[derive(Clone, Debug)]
pub(super) struct QuestionWords {
    own: Vec<&'static str>,
    korean: Vec<&'static str>,
}

impl QuestionWords {
    /// Of the language that is analysed with `stemmer`.
    pub(super) fn new(stemmer: Option<&str>) -> Self {
        Self { own: list_of(stemmer).split(' ').collect(), korean: KOREAN.split(' ').collect() }
    }

    /// Whether `word` (folded, not stemmed) is one of these.
    pub(super) fn has(&self, word: &str) -> bool {
        self.own.binary_search(&word).is_ok()
    }

    /// Whether a Korean word is one of these, as it is written or without its particle.
    pub(super) fn has_korean(&self, word: &str, stripped: &str) -> bool {
        self.korean.binary_search(&word).is_ok() || self.korean.binary_search(&stripped).is_ok()
    }
}

/// A build that carries no other stemmer than the English one has no use for the other lists.
#[cfg(not(any(test, feature = "all-languages")))]
fn list_of(_: Option<&str>) -> &'static str {
    ENGLISH
}

#[cfg(any(test, feature = "all-languages"))]
fn list_of(stemmer: Option<&str>) -> &'static str {
    match stemmer {
        Some("english") | None => ENGLISH,
        Some("german") => others::GERMAN,
        Some("spanish") => others::SPANISH,
        Some("french") => others::FRENCH,
        Some("italian") => others::ITALIAN,
        Some("portuguese") => others::PORTUGUESE,
        Some("dutch") => others::DUTCH,
        Some("russian") => others::RUSSIAN,
        Some("turkish") => others::TURKISH,
        Some("greek") => others::GREEK,
        Some("arabic") => others::ARABIC,
        Some("hindi") => others::HINDI,
        Some(_) => "",
    }
}

const KOREAN: &str = "\
    가능한가요 가요 감사 감사합니다 감사해요 갑자기 거 거기 거예요 건가요 건지 것 게 경우 계속 계신가요 고맙습니다 \
    궁금합니다 궁금해요 그 그게 그냥 그래서 그런데 그럼 그리고 근데 나요 내 너무 누가 누구 누구나 대하여 대해 \
    대해서 돼나요 돼요 되나 되나요 되는데 되는지 되는지요 되면 되요 되죠 된건가요 될까요 됩니까 드려 드려요 \
    드리겠습니다 드립니다 때 때문 또 또는 만약 몇 모르겠습니다 모르겠어요 무슨 무엇 무엇인가요 무엇입니까 \
    문의드립니다 뭐 뭐가 뭐에요 뭐예요 뭔가요 뭘 및 바랍니다 보고싶어요 보니 볼 부탁 부탁드려요 부탁드립니다 \
    부탁해요 수 수고 수고하세요 수고하십니다 수있나요 싶습니다 싶어 싶어요 싶은데 싶은데요 쓰나요 쓰는 아무리 아직 \
    안녕 안녕하세요 안녕하십니까 안돼 안돼서 안돼요 안되나요 안되네요 안되는데 안되는데요 안되요 안됩니다 않나요 \
    않아요 알고 알려 알려주세요 알려주실 알려줘 어느 어디 어디서 어디에 어디에서 어떡해 어떤 어떻게 어떻게하나요 \
    언제 얼마 얼마나 여쭤봅니다 왜 요 우리 이 이거 이건 이것 이게 인가요 인지 있나 있나요 있는 있는지 있습니까 \
    있습니다 있어 있어요 있을까요 자꾸 저 저기 저기요 저는 정말 제 제가 제발 좀 죄송한데 주나요 주세요 주시겠어요 \
    주실 줄 줘 줘요 지금 진짜 질문 질문이요 질문있어요 하고 하나 하나요 하는지 하려면 하면 하죠 하지 하지만 할까요 \
    합니까 합니다 해 해야 해야하나요 해야하죠 해요 했는데 했는데요 했어요 혹시";
const ENGLISH: &str = "\
    a about am an and any anyone are at be been but by can could did do does for from had has have hello help hi \
    how i i'd i'm i've if in is it it's know let me my of on or please should so some tell thanks that the their \
    them there they this to want was we were what what's when where which who whom whose why will with would you \
    your";

#[cfg(any(test, feature = "all-languages"))]
mod others;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for stemmer in [
            "english",
            "german",
            "spanish",
            "french",
            "italian",
            "portuguese",
            "dutch",
            "russian",
            "turkish",
            "greek",
            "arabic",
            "hindi",
        ] {
            let words = QuestionWords::new(Some(stemmer));
            assert!(words.own.is_sorted() && words.own.len() > 20, "{stemmer}");
            assert!(words.korean.is_sorted() && words.has_korean("어떻게", "") && !words.has_korean("설치", "설치"));
        }
        assert!(QuestionWords::new(None).has("how") && !QuestionWords::new(Some("danish")).has("how"));
    }
}
