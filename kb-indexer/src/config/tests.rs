use super::Config;
use crate::diagnostics::to_text;

fn check(text: &str) -> String {
    let (config, diagnostics) = Config::parse(text, "kb.toml");
    let shown: String = to_text(&diagnostics)
        .lines()
        .filter(|line| !line.starts_with("  help"))
        .map(|line| format!("{line}\n"))
        .collect();
    format!("{shown}{config:#?}")
}

#[test]
fn everything() {
    insta::assert_snapshot!(check(
        r##"
name = "Porchlight help"
site_url = "https://example.com/help"
default_language = "EN"
languages = ["en", "ko", "pt_br"]
desk = "https://desk.example.com"
contact = "mailto:help@example.com"
accepted_wrong_answers = "1 in 20"
unanswerable_share = 0.2

[synonyms.ko]
"로그인" = ["접속", "사인인"]

[synonyms.en]
sign-in = "log in"

[suggestions]
"/pricing/*" = ["How do I pay?", "Can I change my plan?"]
"/*" = "How do I start?"

[style]
accent = "#9A5B00"
radius = 8
"##
    ), @r##"
    Config {
        name: "Porchlight help",
        site_url: "https://example.com/help/",
        default_language: "en",
        languages: [
            "en",
            "ko",
            "pt-BR",
        ],
        desk: Some(
            "https://desk.example.com",
        ),
        contact: Some(
            "mailto:help@example.com",
        ),
        accepted_wrong_answers: Some(
            0.05,
        ),
        unanswerable_share: Some(
            0.2,
        ),
        synonyms: [
            (
                "ko",
                [
                    [
                        "로그인",
                        "접속",
                        "사인인",
                    ],
                ],
            ),
            (
                "en",
                [
                    [
                        "sign-in",
                        "log in",
                    ],
                ],
            ),
        ],
        suggestions: [
            (
                "/pricing/*",
                [
                    "How do I pay?",
                    "Can I change my plan?",
                ],
            ),
            (
                "/*",
                [
                    "How do I start?",
                ],
            ),
        ],
        style: [
            (
                "accent",
                "#9A5B00",
            ),
            (
                "radius",
                "8",
            ),
        ],
        golden: Golden {
            file: "",
            recall_at_1: None,
            recall_at_3: None,
            wrong_answers: None,
            unanswerable_handed_off: None,
        },
    }
    "##);
}

#[test]
fn defaults() {
    assert_eq!(Config::parse("", "kb.toml").0, Config::default());
    assert_eq!(Config::parse("languages = [\"ko\", \"en\"]", "kb.toml").0.default_language, "ko");
    let (config, _) = Config::parse("languages = [\"ko\"]\ndefault_language = \"en\"", "kb.toml");
    assert_eq!(config.languages, ["ko", "en"]);
}

#[test]
fn faults() {
    let faults = |text: &str| {
        let (_, diagnostics) = Config::parse(text, "kb.toml");
        to_text(&diagnostics)
    };
    insta::assert_snapshot!(faults(
        "nam = \"x\"\nname = 1\nsite_url = \"example.com\"\nlanguages = \"en\"\ndefault_language = \"!\"\ndesk = [1]\ncontact = \"javascript:alert(1)\"\naccepted_wrong_answers = \"often\"\nunanswerable_share = 7\nsuggestions.x = 1\nstyle.y = true\nsynonyms.en = 1\n[synonyms.\"no tag\"]\n"
    ), @r##"
    kb.toml:1:1: error[unknown-config-key]: the key `nam` means nothing here
      help: Known keys: name, site_url, default_language, languages, desk, contact, accepted_wrong_answers, unanswerable_share, synonyms, suggestions, style, golden.
    kb.toml:2:8: error[wrong-type]: `name` must be text
      help: Write it as in `name = "Help"`.
    kb.toml:3:12: error[invalid-value]: `site_url` is not an address: `example.com`
      help: Write an address that begins with http, https.
    kb.toml:4:13: error[wrong-type]: `languages` must be a list of language tags
      help: Write it as in `languages = ["en", "ko"]`.
    kb.toml:5:20: error[invalid-value]: `default_language` is not a language tag: `!`
      help: Write a tag such as `en`, `ko` or `pt-BR`.
    kb.toml:6:8: error[wrong-type]: `desk` must be text
      help: Write it as in `desk = "https://example.com"`.
    kb.toml:7:11: error[invalid-value]: `contact` is not an address: `javascript:alert(1)`
      help: Write an address that begins with http, https, mailto, tel.
    kb.toml:8:26: error[wrong-type]: `accepted_wrong_answers` must be a share
      help: Write it as in `accepted_wrong_answers = "1 in 20"`.
    kb.toml:9:22: error[wrong-type]: `unanswerable_share` must be a share
      help: Write it as in `unanswerable_share = "1 in 20"`.
    kb.toml:10:17: error[wrong-type]: `x` must be a list of texts
      help: Write it as in `"/pricing/*" = ["How do I pay?"]`.
    kb.toml:11:11: error[wrong-type]: `y` must be text or a number
      help: Write it as in `accent = "#9A5B00"`.
    kb.toml:12:15: error[wrong-type]: `synonyms.en` must be a table
      help: Write it as in `[synonyms.en]`.
    kb.toml:13:11: error[invalid-value]: `synonyms` has no language tag: `no tag`
      help: Write the language behind a dot, as in `[synonyms.en]`.
    "##);
    insta::assert_snapshot!(faults("name = \"x\n"), @r#"
    kb.toml:1:10: error[broken-config]: not valid TOML: invalid basic string, expected `"`
      help: Text needs quotes, and every key its own line: `name = "…"`.
    "#);
    insta::assert_snapshot!(faults("name = \"x\"\nname = \"y\"\n"), @r#"
    kb.toml:2:1: error[broken-config]: not valid TOML: duplicate key
      help: Text needs quotes, and every key its own line: `name = "…"`.
    "#);
}
