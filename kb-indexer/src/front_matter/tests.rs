use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Fields, ForeignFields, parse};
use crate::diagnostics::to_text;

/// Diagnostics without their help, then what was understood.
fn check(text: &str) -> String {
    let (front_matter, diagnostics) = parse(text, "a.md");
    let mut out: String = to_text(&diagnostics)
        .lines()
        .filter(|line| !line.starts_with("  help"))
        .map(|line| format!("{line}\n"))
        .collect();
    let Fields {
        title,
        slug,
        lang,
        description,
        questions,
        keywords,
        collection,
        order,
        updated,
        review_by,
        visibility,
        draft,
        redirect_from,
        questions_at,
        foreign,
    } = front_matter.fields;
    assert_eq!(questions_at.len(), questions.len());
    let mut tell = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("{name} {value}\n"));
        }
    };
    tell("title", title.map(|t| format!("{:?} at {}:{}", t.value, t.at.line, t.at.column)));
    tell("slug", slug.map(|s| s.value));
    tell("lang", lang.map(|l| l.value));
    tell("description", Some(description).filter(|d| !d.is_empty()));
    tell("questions", Some(format!("{questions:?}")).filter(|_| !questions.is_empty()));
    tell("keywords", Some(format!("{keywords:?}")).filter(|_| !keywords.is_empty()));
    tell("collection", collection);
    tell("order", order.map(|o| o.to_string()));
    tell("updated", updated);
    tell("review_by", review_by.map(|d| format!("{} at {}:{}", d.value, d.at.line, d.at.column)));
    tell("visibility", Some(format!("{visibility:?}")).filter(|v| v != "Public"));
    tell("draft", draft.then(|| "true".to_owned()));
    let former: Vec<String> = redirect_from.into_iter().map(|r| r.value).collect();
    tell("redirect_from", Some(format!("{former:?}")).filter(|_| !former.is_empty()));
    let ForeignFields { names, addresses, keywords, order } = foreign;
    let addresses: Vec<String> = addresses.into_iter().map(|address| address.value).collect();
    for (name, values) in [("names", names), ("addresses", addresses), ("foreign keywords", keywords)] {
        tell(name, Some(format!("{values:?}")).filter(|_| !values.is_empty()));
    }
    tell("foreign order", order.map(|o| o.to_string()));
    for key in front_matter.unknown {
        out.push_str(&format!("unknown {} at {}:{}\n", key.value, key.at.line, key.at.column));
    }
    out.push_str(&format!("body {:?}", &text[front_matter.body..]));
    out
}

#[test]
fn yaml() {
    insta::assert_snapshot!(check(
        "---\ntitle: 'Reset: your \"password\"'\nslug: /account/reset/\nlang: ko_kr\ndescription: >\n  One\n  line\nquestions:\n  - How do I?\n  - 비밀번호는?\nkeywords: [a, 404, true, ~, \"\"]\ncollection: Account\norder: -3\nupdated: 2026-11-21\nreview_by: 2027-01-01T09:00:00Z\nvisibility: agents\ndraft: true\nredirect_from: old/way\naudience: staff\n---\nBody\n"
    ), @r#"
    title "Reset: your \"password\"" at 2:8
    slug account/reset
    lang ko-KR
    description One line
    questions ["How do I?", "비밀번호는?"]
    keywords ["a", "404", "true"]
    collection Account
    order -3
    updated 2026-11-21
    review_by 2027-01-01 at 15:12
    visibility Agents
    draft true
    redirect_from ["old/way"]
    unknown audience at 19:1
    body "Body\n"
    "#);
}

#[test]
fn toml() {
    insta::assert_snapshot!(check(
        "+++\ntitle = \"Reset\"\nquestions = [\"a?\", \"b?\"]\norder = 0x10\nupdated = 2026-11-21\nreview_by = 2027-01-01T09:00:00Z\nredirect_from = [\"a\", \"/b/\"]\ntags = [\"x\"]\n[extra]\nx = 1\n+++\nBody\n"
    ), @r#"
    title "Reset" at 2:9
    questions ["a?", "b?"]
    order 16
    updated 2026-11-21
    review_by 2027-01-01 at 6:13
    redirect_from ["a", "b"]
    unknown tags at 8:1
    unknown extra at 9:2
    body "Body\n"
    "#);
}

#[test]
fn keys_of_other_tools() {
    insta::assert_snapshot!(check(
        "---\naliases: [/old/way/, Other name, TCP/IP, guide/old.html, \"/a?b=1\"]\npermalink: /account/reset.html\nsidebar_position: 2.5\nhelpviewer_keywords: [\"print [Access]\", page setup]\nf1_keywords:\n- vb.Print\n---\n"
    ), @r#"
    names ["Other name", "TCP/IP"]
    addresses ["old/way", "guide/old", "a", "account/reset"]
    foreign keywords ["print [Access]", "page setup", "vb.Print"]
    foreign order 2
    body ""
    "#);
    insta::assert_snapshot!(check(
        "---\naliases: {a: b}\npermalink: /:categories/:title/\nsidebar_position: last\norder: 1\n---\n"
    ), @r#"
    order 1
    unknown permalink at 3:1
    unknown sidebar_position at 4:1
    body ""
    "#);
}

#[test]
fn titles_that_are_not_text() {
    insta::assert_snapshot!(check("---\ntitle: 404\n---\n"), @r#"
    title "404" at 2:8
    body ""
    "#);
    insta::assert_snapshot!(check("---\ntitle: true\nslug: 404\n---\n"), @r#"
    title "true" at 2:8
    slug 404
    body ""
    "#);
    insta::assert_snapshot!(check("+++\ntitle = 1.50\n+++\n"), @r#"
    title "1.50" at 2:9
    body ""
    "#);
}

#[test]
fn none_or_nothing_in_it() {
    insta::assert_snapshot!(check("Body\n"), @r#"body "Body\n""#);
    insta::assert_snapshot!(check(""), @r#"body """#);
    insta::assert_snapshot!(check("---\n---\nBody"), @r#"body "Body""#);
    insta::assert_snapshot!(check("---  \n# only a comment\n---\nBody\n---\n"), @r#"body "Body\n---\n""#);
    insta::assert_snapshot!(check("--- x\nBody\n---\n"), @r#"body "--- x\nBody\n---\n""#);
    insta::assert_snapshot!(check("---\ntitle:\nquestions:\n---\n"), @r#"body """#);
}

#[test]
fn faults_of_form() {
    insta::assert_snapshot!(check("---\ntitle: x\n\n# Body\n"), @r#"
    a.md:1:1: error[unclosed-front-matter]: front matter begins with `---` but does not end
    body ""
    "#);
    insta::assert_snapshot!(check("+++\ntitle = 1\n---\n"), @r#"
    a.md:1:1: error[unclosed-front-matter]: front matter begins with `+++` but does not end
    body ""
    "#);
    insta::assert_snapshot!(check("---\ntitle: x\n  order: : 1\n---\n"), @r#"
    a.md:3:8: error[broken-front-matter]: front matter is not valid YAML: mapping values are not allowed in this context
    title "x order" at 2:8
    body ""
    "#);
    insta::assert_snapshot!(check("---\n가: \"나\n---\n"), @r#"
    a.md:2:4: error[broken-front-matter]: front matter is not valid YAML: while scanning a quoted scalar, found unexpected end of stream
    body ""
    "#);
    insta::assert_snapshot!(check("---\nitems:\n\t- x\n---\n"), @r#"
    a.md:3:2: error[broken-front-matter]: front matter is not valid YAML: tabs disallowed within this context (block indentation)
    body ""
    "#);
    insta::assert_snapshot!(check("---\njust words\n---\n"), @r#"
    a.md:2:1: error[broken-front-matter]: front matter is not a list of keys and values
    body ""
    "#);
    insta::assert_snapshot!(check("---\n- a\n- b\n---\n"), @r#"
    a.md:2:1: error[broken-front-matter]: front matter is not a list of keys and values
    body ""
    "#);
    insta::assert_snapshot!(check("---\n? [a, b]\n: c\n---\n"), @r#"
    a.md:2:3: error[broken-front-matter]: a key is a list
    body ""
    "#);
    insta::assert_snapshot!(check("+++\ntitle = x\n+++\n"), @r#"
    a.md:2:9: error[broken-front-matter]: front matter is not valid TOML: string values must be quoted, expected literal string
    body ""
    "#);
    insta::assert_snapshot!(check("+++\ntitle = \"a\"\ntitle = \"b\"\n+++\n"), @r#"
    a.md:3:1: error[duplicate-key]: the key stands twice
    body ""
    "#);
    insta::assert_snapshot!(check("---\ntitle: a\norder: 1\ntitle: b\n---\n"), @r#"
    a.md:4:1: error[duplicate-key]: the key `title` stands twice
    title "a" at 2:8
    order 1
    body ""
    "#);
    insta::assert_snapshot!(check("---\na: *nowhere\n---\n"), @r#"
    a.md:2:4: error[broken-front-matter]: front matter is not valid YAML: while parsing node, found unknown anchor
    body ""
    "#);
}

#[test]
fn a_slug_that_no_folder_can_be_named_by() {
    let slug = |syllables| check(&format!("---\nslug: a/{}\n---\n", "가".repeat(syllables)));
    assert!(!slug(85).contains("error"), "{}", slug(85));
    insta::assert_snapshot!(slug(86), @r#"
    a.md:2:7: error[invalid-value]: `slug` has a part of 258 bytes, and a folder's name has at most 255
    body ""
    "#);
}

#[test]
fn wrong_types_and_values() {
    insta::assert_snapshot!(check(
        "---\ntitle: [a]\nslug: ../up\nlang: english please\ndescription: {a: b}\nquestions: {a: b}\nkeywords: [[a]]\norder: first\nupdated: yesterday\nreview_by: 20270101\nvisibility: everyone\ndraft: perhaps\nredirect_from: [\"a?b\"]\n---\n"
    ), @r#"
    a.md:2:8: error[wrong-type]: `title` must be text, here it is a list
    a.md:3:7: error[invalid-value]: `slug` is not a path: `../up`
    a.md:4:7: error[invalid-value]: `lang` is not a language tag: `english please`
    a.md:5:14: error[wrong-type]: `description` must be text, here it is a map
    a.md:6:12: error[wrong-type]: `questions` must be a list of texts, here it is a map
    a.md:7:12: error[wrong-type]: `keywords` must be a list of texts, here it is a list
    a.md:8:8: error[wrong-type]: `order` must be a whole number, here it is text
    a.md:9:10: error[wrong-type]: `updated` is not a date: `yesterday`
    a.md:10:12: error[wrong-type]: `review_by` must be a date, here it is a number
    a.md:11:13: error[invalid-value]: `visibility` is neither `public` nor `agents`: `everyone`
    a.md:12:8: error[wrong-type]: `draft` must be true or false, here it is text
    a.md:13:17: error[invalid-value]: `redirect_from` is not a path: `a?b`
    body ""
    "#);
    insta::assert_snapshot!(check("---\norder: 1.5\nupdated: 2026-02-30\ndraft: \"true\"\nvisibility: [public]\n---\n"), @r#"
    a.md:2:8: error[wrong-type]: `order` must be a whole number, here it is a number
    a.md:3:10: error[wrong-type]: `updated` is not a date: `2026-02-30`
    a.md:4:8: error[wrong-type]: `draft` must be true or false, here it is text
    a.md:5:13: error[wrong-type]: `visibility` must be text, here it is a list
    body ""
    "#);
    insta::assert_snapshot!(check("+++\ntitle = [\"a\"]\norder = \"1\"\ndraft = 1\nupdated = 09:00:00\n+++\n"), @r#"
    a.md:2:9: error[wrong-type]: `title` must be text, here it is a list
    a.md:3:9: error[wrong-type]: `order` must be a whole number, here it is text
    a.md:4:9: error[wrong-type]: `draft` must be true or false, here it is a number
    a.md:5:11: error[wrong-type]: `updated` is not a date: `09:00:00`
    body ""
    "#);
}

#[test]
fn anchors_and_brackets_of_other_tools() {
    insta::assert_snapshot!(check("---\nkeywords: &k [a, b]\nquestions: *k\n---\n"), @r#"
    questions ["a", "b"]
    keywords ["a", "b"]
    body ""
    "#);
    insta::assert_snapshot!(check("---\nkeywords: [\n  a,\n  b,\n]\ntitle: x\n---\n"), @r#"
    title "x" at 6:8
    keywords ["a", "b"]
    body ""
    "#);
    insta::assert_snapshot!(check("---\nkeywords: [\n\ta,\n\t\t\"b [\",\n\tc\n]\norder: x\n---\n"), @r#"
    a.md:7:8: error[wrong-type]: `order` must be a whole number, here it is text
    keywords ["a", "b [", "c"]
    body ""
    "#);
    insta::assert_snapshot!(check("---\ntitle: !!str 404\norder: !!int \"3\"\n---\n"), @r#"
    a.md:3:8: error[wrong-type]: `order` must be a whole number, here it is text
    title "404" at 2:8
    body ""
    "#);
}

#[test]
fn hostile_input_is_read_in_time() {
    let n = 60_000;
    let bomb: String = (1..40).map(|i| format!("a{i}: &a{i} [*a{}, *a{0}, *a{0}, *a{0}]\n", i - 1)).collect();
    let cases = [
        ("yaml lists", "---\n", format!("a: {}", "[".repeat(n))),
        ("closed yaml lists", "---\n", format!("a: {}{}", "[".repeat(n), "]".repeat(n))),
        ("yaml maps", "---\n", format!("a: {}", "{a: ".repeat(n))),
        ("yaml block lists", "---\n", format!("a:\n {}", "- ".repeat(n))),
        ("yaml block maps", "---\n", (0..400).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()),
        ("yaml keys", "---\n", "? ".repeat(n)),
        ("yaml aliases", "---\n", format!("a0: &a0 [x, x, x]\n{bomb}")),
        ("yaml tags", "---\n", format!("a: {}", "!a ".repeat(n))),
        ("yaml quotes", "---\n", format!("a: {}", "\"".repeat(n))),
        ("many yaml keys", "---\n", (0..20_000).map(|i| format!("k{i}: 1\n")).collect()),
        ("toml lists", "+++\n", format!("a = {}", "[".repeat(n))),
        ("closed toml lists", "+++\n", format!("a = {}{}", "[".repeat(n), "]".repeat(n))),
        ("toml maps", "+++\n", format!("a = {}", "{a = ".repeat(n / 2))),
        ("toml keys", "+++\n", format!("a{} = 1", ".a".repeat(n))),
        ("toml headers", "+++\n", format!("[a{}]", ".a".repeat(n))),
        ("many toml keys", "+++\n", (0..15_000).map(|i| format!("k{i} = 1\n")).collect()),
        ("too large", "---\n", "a: b # ".repeat(n)),
    ];
    for (name, fence, text) in cases {
        let start = Instant::now();
        let _ = parse(&format!("{fence}{text}\n{fence}"), "a.md");
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{name} took {took:?}");
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn anything_is_read(fence in "(---|\\+\\+\\+)", text in "[a-c:=\\-\\[\\]{}\"'#&*!|>%@,. \n\t가]{0,300}") {
        let _ = parse(&format!("{fence}\n{text}\n{fence}\nbody"), "a.md");
        let _ = parse(&format!("{fence}\n{text}"), "a.md");
        for key in ["aliases", "permalink", "sidebar_position", "f1_keywords"] {
            let _ = parse(&format!("---\n{key}: {text}\n---\n"), "a.md");
        }
    }

    #[test]
    fn what_is_written_is_read(
        title in "[a-z가-힣:#\"'\\\\ ]{0,30}[a-z가-힣]",
        questions in proptest::collection::vec("[a-z가-힣?:,\\[\\]]{1,20}", 0..4),
        order in any::<i32>(),
    ) {
        let list = questions.iter().map(|q| quoted(q)).collect::<Vec<_>>().join(", ");
        for text in [
            format!("---\ntitle: {}\nquestions: [{list}]\norder: {order}\n---\nbody", quoted(&title)),
            format!("+++\ntitle = {}\nquestions = [{list}]\norder = {order}\n+++\nbody", quoted(&title)),
        ] {
            let (front_matter, diagnostics) = parse(&text, "a.md");
            prop_assert_eq!(diagnostics, vec![]);
            prop_assert_eq!(&text[front_matter.body..], "body");
            prop_assert_eq!(front_matter.fields.title.map(|t| t.value), Some(one_line(&title)));
            prop_assert_eq!(&front_matter.fields.questions, &questions);
            prop_assert_eq!(front_matter.fields.order, Some(i64::from(order)));
        }
    }
}
