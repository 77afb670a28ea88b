//! What cannot wait. The engine tells it of questions; the message of the form it never sees, so a few words are known here.

use crate::{
    Cause, Transcript,
    transcript::{Reason, Said},
};

/// What tells that a matter cannot wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// It was handed off as urgent.
    Cause,
    /// The engine took one of the questions for urgent.
    Question,
    /// The visitor's message has words of urgent matters.
    Message,
}

/// Words of urgent matters: the engine's (`answer_engine::decision::intent`).
const WORDS: [&str; 8] = [
    "emergency",
    "been hacked",
    "got hacked",
    "was hacked",
    "kill myself",
    "suicide",
    "account is hacked",
    "urgent help",
];
/// In Korean, compared without spaces.
const WORDS_KOREAN: [&str; 7] = ["해킹당", "해킹됐", "긴급상황", "긴급합니다", "응급", "자살", "도용당"];

/// Whether the matter cannot wait; the surest sign, where there are several.
pub(super) fn of(transcript: &Transcript, message: &str) -> Option<Urgency> {
    let asked = |said: &Said| matches!(said, Said::Reply { reason: Reason::Urgent, .. });
    if transcript.cause == Cause::Urgent {
        Some(Urgency::Cause)
    } else if transcript.entries.iter().any(|entry| asked(&entry.said)) {
        Some(Urgency::Question)
    } else {
        says_so(message).then_some(Urgency::Message)
    }
}

fn says_so(message: &str) -> bool {
    let lower = message.to_lowercase();
    let words: Vec<&str> = lower.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (spaced, joined) = (format!(" {} ", words.join(" ")), words.concat());
    WORDS.iter().any(|words| spaced.contains(&format!(" {words} ")))
        || WORDS_KOREAN.iter().any(|word| joined.contains(word))
}

#[cfg(test)]
mod tests {
    use super::says_so;

    #[test]
    fn words() {
        let check = |message: &str, expected| assert_eq!(says_so(message), expected, "{message}");
        check("My account has been HACKED!", true);
        check("This is an emergency.", true);
        check("계정이 해킹 당했어요", true);
        check("명의를 도용당했습니다", true);
        check("What is an emergency-contact?", true);
        check("How do I change my e-mail address?", false);
        check("hackathon", false);
        check("비밀번호를 바꾸고 싶어요", false);
        check("", false);
    }
}
