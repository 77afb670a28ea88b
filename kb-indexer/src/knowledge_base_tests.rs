use answer_messages::{Decision, Question};

use super::KnowledgeBase;
use crate::{index, library::of_texts::of_texts};

const ARTICLES: [(&str, &str); 5] = [
    ("en/ssl.md", "# SSL certificate error\n\nRenew the SSL certificate when the error shows.\n"),
    (
        "en/hook.md",
        "# Webhook secret\n\nRotate the webhook secret.\n\n## Where is it\n\nUnder Keys is the webhook secret.\n",
    ),
    ("ko/hook.md", "# 연동 열쇠 바꾸기\n\n열쇠는 설정에서 바꿔요.\n\n## 위치\n\n열쇠 메뉴에 있어요.\n"),
    ("ko/refund.md", "# 환불 받기\n\n환불은 사흘 안에 돼요.\n"),
    ("ko/talk.md", "# KakaoTalk channel 연결\n\nKakaoTalk channel 주소를 넣어요.\n"),
];

fn knowledge_base(articles: &[(&str, &str)]) -> KnowledgeBase {
    let (library, config) = of_texts(articles);
    KnowledgeBase::of_bundle(&index::build(&library, &config, None, &|| ()).unwrap()).unwrap()
}

/// The language that answers, the first article, and whether it is said that it is there in this language alone.
fn check(kb: &KnowledgeBase, text: &str, lang: Option<&str>) -> String {
    let question = Question::new(text, lang);
    let reply = kb.ask(&question).unwrap();
    let only = if kb.is_only_elsewhere(&question, &reply).unwrap() { " only" } else { "" };
    let first = reply.hits.first().map_or("-", |hit| &hit.article);
    match reply.decision {
        Decision::HandOff => format!("{} nothing{only}", reply.lang),
        _ => format!("{} {first}{only}", reply.lang),
    }
}

#[test]
fn another_language_answers_where_the_own_does_not() {
    let kb = knowledge_base(&ARTICLES);
    let check = |text, lang, expected| assert_eq!(check(&kb, text, Some(lang)), expected, "{text} {lang}");
    check("SSL certificate error", "en", "en en/ssl");
    check("환불 받기", "ko", "ko ko/refund");
    // Who asks in Korean reads it.
    check("환불 받기", "en", "ko ko/refund");
    check("SSL 인증서 error", "ko", "en en/ssl only");
    check("SSL 인증서 error", "en", "en en/ssl");
    check("SSL certificate error", "ko", "en en/ssl only");
    check("KakaoTalk channel", "en", "ko ko/talk only");
    // There is a translation: in the words of who asks in English, and as a translation to who asks in Korean.
    check("webhook secret", "ko", "en en/hook");
    check("webhook secret 뭐예요", "ko", "ko ko/hook");
    // Nothing knows it, or only a word of many.
    check("zebra", "ko", "ko nothing");
    check("강아지가 SSL 산책을 싫어해요", "ko", "ko nothing");
    check("giraffe channel dentist", "en", "en nothing");
    check("talk to a human", "ko", "ko nothing");
}

#[test]
fn a_bundle_of_another_language_alone() {
    let kb = knowledge_base(&ARTICLES[..1]);
    let check = |text, lang, expected| assert_eq!(check(&kb, text, lang), expected, "{text} {lang:?}");
    check("SSL certificate error", None, "en en/ssl");
    check("SSL 인증서 error", None, "en en/ssl only");
    check("SSL certificate error", Some("ko"), "en en/ssl only");
    check("SSL certificate error", Some("en-GB"), "en en/ssl");
}
