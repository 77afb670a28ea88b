//! What a visitor wants besides an answer: a person, or help at once.
//!
//! Plain rules over words, in English and Korean: they only open a way that is open anyway, and send nothing.

use crate::analysis::fold;

/// A wish that goes before any answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// The visitor asks for a person.
    Person,
    /// The matter cannot wait.
    Urgent,
}

/// Words for a person who answers.
const PERSON: [&str; 14] = [
    "human",
    "person",
    "agent",
    "someone",
    "somebody",
    "representative",
    "rep",
    "operator",
    "advisor",
    "staff",
    "support",
    "people",
    "specialist",
    "employee",
];
/// Words for reaching somebody.
const REACH: [&str; 11] =
    ["talk", "speak", "chat", "connect", "transfer", "reach", "contact", "call", "need", "want", "get"];
/// Words that may stand between the two.
const BETWEEN: [&str; 17] = [
    "to", "with", "a", "an", "the", "real", "live", "actual", "human", "me", "through", "support", "your", "please",
    "customer", "service", "some",
];
/// Whole wishes.
const WISHES: [&str; 6] =
    ["live chat", "live agent", "human agent", "real person", "real human", "customer service representative"];
/// Korean wishes, compared without spaces.
const WISHES_KOREAN: [&str; 16] = [
    "상담원연결",
    "상담사연결",
    "상담원과",
    "상담원이랑",
    "상담원바꿔",
    "상담원불러",
    "상담원좀",
    "사람과대화",
    "사람이랑대화",
    "사람과얘기",
    "사람이랑얘기",
    "사람과이야기",
    "사람연결",
    "사람바꿔",
    "직원연결",
    "상담하고싶",
];
/// Urgent matters.
const URGENT: [&str; 8] = [
    "emergency",
    "been hacked",
    "got hacked",
    "was hacked",
    "kill myself",
    "suicide",
    "account is hacked",
    "urgent help",
];
/// Urgent matters in Korean, compared without spaces.
const URGENT_KOREAN: [&str; 7] = ["해킹당", "해킹됐", "긴급상황", "긴급합니다", "응급", "자살", "도용당"];

/// What the visitor wants besides an answer, if anything.
pub fn intent(question: &str) -> Option<Intent> {
    let folded = fold(question);
    let words: Vec<&str> = folded.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let spaced = format!(" {} ", words.join(" "));
    let joined: String = words.concat();
    let says = |wishes: &[&str]| wishes.iter().any(|wish| spaced.contains(&format!(" {wish} ")));
    let says_korean = |wishes: &[&str]| wishes.iter().any(|wish| joined.contains(wish));
    if says(&URGENT) || says_korean(&URGENT_KOREAN) {
        return Some(Intent::Urgent);
    }
    if says(&WISHES)
        || says_korean(&WISHES_KOREAN)
        || matches!(joined.as_str(), "상담원" | "human" | "agent" | "person")
    {
        return Some(Intent::Person);
    }
    reaches_for_a_person(&words).then_some(Intent::Person)
}

/// "talk to a real person": a word for reaching, nothing but words between, a word for a person.
fn reaches_for_a_person(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        if !REACH.contains(word) {
            return false;
        }
        // "need support" and "get people" are no wish for a person; talking to them is.
        let speaking = matches!(*word, "talk" | "speak" | "chat" | "connect" | "transfer");
        let after = &words[at + 1..];
        let Some(end) = after.iter().position(|word| !BETWEEN.contains(word)) else {
            return speaking && after.iter().any(|word| matches!(*word, "human" | "support" | "service"));
        };
        let found = after[end];
        let strict = matches!(found, "human" | "person" | "agent" | "operator" | "representative" | "rep");
        PERSON.contains(&found) && (speaking || strict) && end < 6
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes() {
        let check = |question: &str, expected: Option<Intent>| assert_eq!(intent(question), expected, "{question}");
        check("I want to talk to a real person", Some(Intent::Person));
        check("Can I speak with someone please?", Some(Intent::Person));
        check("connect me to an agent", Some(Intent::Person));
        check("let me talk to support", Some(Intent::Person));
        check("HUMAN", Some(Intent::Person));
        check("상담원 연결해 주세요", Some(Intent::Person));
        check("사람이랑 얘기하고 싶어요", Some(Intent::Person));
        check("my account has been hacked", Some(Intent::Urgent));
        check("해킹당했어요", Some(Intent::Urgent));
        check("How do I reset my password?", None);
        check("Which browsers do you support?", None);
        check("need support for Korean", None);
        check("What does an agent see?", None);
        check("비밀번호를 바꾸고 싶어요", None);
        check("", None);
    }
}
