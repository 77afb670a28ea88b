//! The words by which the bubble's parts are found.

/// The interface in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The language's tag.
    pub tag: &'static str,
    /// The site's first page in this language.
    pub home: &'static str,
    /// Launcher and panel.
    pub help: &'static str,
    /// The text box.
    pub ask_label: &'static str,
    /// Its button.
    pub ask: &'static str,
    /// The log.
    pub log: &'static str,
    /// The way to a person.
    pub person: &'static str,
    /// Closes the panel.
    pub close: &'static str,
    /// Feedback: yes.
    pub helped: &'static str,
    /// Feedback: no.
    pub not_helped: &'static str,
    /// Marks the visitor's own words for who cannot see them.
    pub you_asked: &'static str,
    /// Label of an answer.
    pub automatic: &'static str,
    /// Opens the article.
    pub read: &'static str,
    /// Back to what lies beneath.
    pub back: &'static str,
    /// Lists all articles.
    pub browse: &'static str,
    /// Over close candidates.
    pub choose: &'static str,
    /// Nothing was found.
    pub not_found: &'static str,
    /// The visitor asked for a person.
    pub wants_person: &'static str,
    /// A question that an article answers.
    pub answered: &'static str,
    /// The article that answers it.
    pub article: &'static str,
    /// That article's title.
    pub title: &'static str,
    /// Another question that an article answers.
    pub other: &'static str,
    /// A question that no article answers.
    pub unanswered: &'static str,
    /// A wish for a person.
    pub person_please: &'static str,
}

/// English.
pub const EN: Words = Words {
    tag: "en",
    home: "/",
    help: "Help",
    ask_label: "Ask a question",
    ask: "Ask",
    log: "Conversation",
    person: "Talk to a person",
    close: "Close help",
    helped: "This helped",
    not_helped: "This did not help",
    you_asked: "You asked:",
    automatic: "Automatic answer",
    read: "Read the article",
    back: "Back",
    browse: "Browse articles",
    choose: "Which of these is closest?",
    not_found: "I did not find this in our articles.",
    wants_person: "A person can take this.",
    answered: "how can I add the widget to my website",
    article: "en/start/embed-the-bubble",
    title: "Put the bubble on your site",
    other: "what is NPS",
    unanswered: "zxqv wobblefrog",
    person_please: "I want to talk to a real person",
};

/// Korean.
pub const KO: Words = Words {
    tag: "ko",
    home: "/ko/",
    help: "도움말",
    ask_label: "질문하기",
    ask: "질문",
    log: "대화",
    person: "상담원과 대화",
    close: "도움말 닫기",
    helped: "도움이 됐어요",
    not_helped: "도움이 안 됐어요",
    you_asked: "내 질문:",
    automatic: "자동 답변",
    read: "문서 읽기",
    back: "뒤로",
    browse: "문서 둘러보기",
    choose: "어떤 내용에 가까운가요?",
    not_found: "문서에서 답을 찾지 못했어요.",
    wants_person: "상담원이 도와드릴 수 있어요.",
    answered: "우리 홈페이지에 어떻게 넣어요",
    article: "ko/start/embed-the-bubble",
    title: "사이트에 위젯 붙이기",
    other: "맞춤법 틀려도 찾아주나요",
    unanswered: "뷁쉛 궳뤫쒧",
    person_please: "상담원 연결해 주세요",
};
