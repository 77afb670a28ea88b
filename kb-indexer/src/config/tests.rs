use super::Config;
use crate::diagnostics::to_text;

fn check(text: &str) -> String {
    let (config, diagnostics) = Config::parse(text, "kb.toml");
    let shown: String =
        to_text(&diagnostics).lines().filter(|line| !line.starts_with("  help")).map(|line| format!("{line}\n")).collect();
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
    ), @r#"
    kb.toml:14:2: error[broken-config]: not valid TOML: cannot extend value of type integer with a dotted key
      help: Text needs quotes, and every key its own line: `name = "…"`.
    kb.toml:14:2: error[broken-config]: not valid TOML: cannot extend value of type integer with a dotted key
      help: Text needs quotes, and every key its own line: `name = "…"`.
    "#);
    insta::assert_snapshot!(faults("name = \"x\n"), @r#"
    kb.toml:1:10: error[broken-config]: not valid TOML: invalid basic string, expected `"`
      help: Text needs quotes, and every key its own line: `name = "…"`.
    "#);
    insta::assert_snapshot!(faults("name = \"x\"\nname = \"y\"\n"), @r#"
    kb.toml:2:1: error[broken-config]: not valid TOML: duplicate key
      help: Text needs quotes, and every key its own line: `name = "…"`.
    "#);
}
