use answer_messages::Alert;

/// The few words that pages say themselves.
pub(super) struct Words {
    /// Language of these words.
    pub(super) lang: &'static str,
    pub(super) help_centre: &'static str,
    pub(super) all_articles: &'static str,
    pub(super) contents: &'static str,
    pub(super) languages: &'static str,
    pub(super) updated: &'static str,
    pub(super) moved: &'static str,
    pub(super) other_articles: &'static str,
    pub(super) back_to_text: &'static str,
    pub(super) note: &'static str,
    pub(super) tip: &'static str,
    pub(super) important: &'static str,
    pub(super) warning: &'static str,
    pub(super) caution: &'static str,
}

const ENGLISH: Words = Words {
    lang: "en",
    help_centre: "Help centre",
    all_articles: "All articles",
    contents: "On this page",
    languages: "Languages",
    updated: "Updated",
    moved: "This page has moved:",
    other_articles: "Other articles",
    back_to_text: "Back to the text",
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
};

const KOREAN: Words = Words {
    lang: "ko",
    help_centre: "도움말",
    all_articles: "모든 문서",
    contents: "이 문서의 내용",
    languages: "언어",
    updated: "업데이트",
    moved: "문서가 다음 주소로 옮겨졌어요:",
    other_articles: "기타 문서",
    back_to_text: "본문으로 돌아가기",
    note: "참고",
    tip: "팁",
    important: "중요",
    warning: "경고",
    caution: "주의",
};

/// The words of a language; English where there are none.
pub(super) fn of(language: &str) -> &'static Words {
    match language.split('-').next() {
        Some("ko") => &KOREAN,
        _ => &ENGLISH,
    }
}

impl Words {
    pub(super) fn alert(&self, kind: Alert) -> &'static str {
        match kind {
            Alert::Note => self.note,
            Alert::Tip => self.tip,
            Alert::Important => self.important,
            Alert::Warning => self.warning,
            Alert::Caution => self.caution,
        }
    }
}

/// A language's name in itself; the tag where it is not known here.
pub(super) fn language_name(tag: &str) -> &str {
    match tag {
        "ar" => "العربية",
        "da" => "Dansk",
        "de" => "Deutsch",
        "el" => "Ελληνικά",
        "en" => "English",
        "es" => "Español",
        "fi" => "Suomi",
        "fr" => "Français",
        "he" => "עברית",
        "hi" => "हिन्दी",
        "hu" => "Magyar",
        "id" => "Bahasa Indonesia",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "nb" | "no" => "Norsk",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "pt-BR" => "Português (Brasil)",
        "ro" => "Română",
        "ru" => "Русский",
        "sv" => "Svenska",
        "th" => "ไทย",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "vi" => "Tiếng Việt",
        "zh" | "zh-CN" | "zh-Hans" => "简体中文",
        "zh-TW" | "zh-Hant" => "繁體中文",
        tag => tag,
    }
}

/// `rtl` for languages that are written from right to left.
pub(super) fn direction(tag: &str) -> &'static str {
    match tag.split('-').next() {
        Some("ar" | "he" | "fa" | "ur" | "ps" | "yi" | "ug" | "sd" | "dv") => "rtl",
        _ => "ltr",
    }
}
