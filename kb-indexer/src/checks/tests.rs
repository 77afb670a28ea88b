use std::fs;

use super::{GoldenSet, of_articles, retrieval};
use crate::{
    calibration::{Lost, SelfTest},
    config::Config,
    diagnostics::{self, Diagnostic},
    index::{self, Bundle},
    knowledge_base::KnowledgeBase,
    library::{Library, ReadOptions},
};

/// These files, with what reading and settings tell.
fn read(files: &[(&str, &str)]) -> (Config, Vec<Diagnostic>, Library, GoldenSet) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (config, mut found) = Config::load(folder.path(), None).unwrap();
    let (library, _) = Library::read(folder.path(), &config, ReadOptions::default()).unwrap();
    let (golden, more) = GoldenSet::read(folder.path(), &library);
    found.extend(more);
    (config, found, library, golden)
}

fn build(files: &[(&str, &str)]) -> (Bundle, Library, GoldenSet) {
    let (config, _, library, golden) = read(files);
    (index::build(&library.public(), &config, None, &|| ()).unwrap(), library, golden)
}

/// All that the checks tell of these files, without what reading tells.
fn check(files: &[(&str, &str)]) -> String {
    let (config, mut found, library, golden) = read(files);
    found.extend(of_articles(&library));
    let bundle = index::build(&library.public(), &config, None, &|| ()).unwrap();
    let kb = KnowledgeBase::of_bundle(&bundle).unwrap();
    found.extend(retrieval::check(&kb, &library, &golden, &bundle.self_tests).unwrap());
    found.extend(golden.hold_floors(&kb, &config.golden).unwrap());
    diagnostics::sort(&mut found);
    diagnostics::to_text(&found)
}

#[test]
fn titles() {
    insta::assert_snapshot!(check(&[
        ("en/a.md", "---\ntitle: Reset your password\n---\nLetter one.\n"),
        ("en/b.md", "---\ndescription: x\ntitle: How to reset the passwords\n---\nLetter two.\n"),
        ("en/c.md", "# Sign-in\n"),
        ("en/d.md", "# Sign in\n"),
        ("en/e.md", "# Turn on dark mode\n"),
        ("en/f.md", "# Turn off dark mode\n"),
        ("en/c1.md", "# Write C++\n"),
        ("en/c2.md", "# Write C\n"),
        ("en/g.md", "# Export as PDF 1\n"),
        ("en/h.md", "# Export as PDF 2\n"),
        ("ko/a.md", "# 비밀번호 재설정\n"),
        ("ko/b.md", "# 비밀번호 재설정 방법\n"),
        ("ko/c.md", "# 비밀번호 변경\n"),
        ("de/a.md", "# Sign in\n"),
    ]), @r#"
    en/b.md:3:8: warning[near-duplicate-title]: the title "How to reset the passwords" says the same as "Reset your password" in en/a.md
      help: Say in each title what sets the article apart, or make one article of the two.
    en/d.md: warning[near-duplicate-title]: the title "Sign in" says the same as "Sign-in" in en/c.md
      help: Say in each title what sets the article apart, or make one article of the two.
    ko/b.md: warning[near-duplicate-title]: the title "비밀번호 재설정 방법" says the same as "비밀번호 재설정" in ko/a.md
      help: Say in each title what sets the article apart, or make one article of the two.
    "#);
}

#[test]
fn questions_and_pictures() {
    insta::assert_snapshot!(check(&[
        ("a.md", "---\nquestions: [\"Lost my card!\", Other words]\n---\n# Cards\n\n![](card.png) ![A card](card.png) <img src=card.png alt=\"\">\n\n<img src=card.png>\n"),
        ("b.md", "---\ntitle: Payments\nquestions:\n  - Bills\n  - lost my  card\n  - bills?\n---\n"),
    ]), @r#"
    a.md:6:1: warning[missing-alt]: the picture has no description
      help: Write what it shows between the square brackets; `<img alt="">` says that it only decorates.
    a.md:8:1: warning[missing-alt]: the picture has no description
      help: Write what it shows between the square brackets; `<img alt="">` says that it only decorates.
    b.md:5:5: warning[same-question]: the question stands in a.md as well: lost my card
      help: Keep it in the article that answers it best.
    b.md:6:5: warning[same-question]: the question stands here twice: bills?
      help: Remove one of the two.
    "#);
}

#[test]
fn orphans_are_told_in_one_line() {
    let texts: Vec<(String, String)> =
        (0..10).map(|i| (format!("{i}.md"), format!("# Topic{i} alone\n\n[next]({}.md)\n", (i + 1) % 3))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    insta::assert_snapshot!(check(&files), @r#"
    .: warning[orphans]: 7 articles are linked from no other: 3.md, 4.md, 5.md, 6.md, 7.md and 2 more
      help: Link to them from articles that touch their matter, so that readers come by.
    "#);
    assert_eq!(check(&files[..9]), "", "a small library needs no links");
    let unlinked: Vec<(String, String)> = (0..10).map(|i| (format!("{i}.md"), format!("# Topic{i} alone\n"))).collect();
    let unlinked: Vec<(&str, &str)> = unlinked.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(check(&unlinked), "", "a library without links has its reasons");
}

#[test]
fn translations() {
    let two = [("en/a.md", "# Apples\n"), ("ko/a.md", "# 사과\n"), ("en/b.md", "# Bananas\n"), ("ko/c.md", "# 체리\n")];
    assert_eq!(check(&two), "", "one of three is translated");
    let more = [("en/d.md", "# Dates\n"), ("ko/d.md", "# 대추\n"), ("de/d.md", "# Datteln\n")];
    insta::assert_snapshot!(check(&[&two[..], &more[..]].concat()), @r#"
    en/b.md: warning[untranslated]: there is no translation into `ko`
      help: Write ko/b.md, or give the translation the slug `ko/b`.
    ko/c.md: warning[untranslated]: there is no translation into `en`
      help: Write en/c.md, or give the translation the slug `en/c`.
    "#);
}

#[test]
fn retrieval_and_golden_questions() {
    let articles = [
        (
            "en/card.md",
            "---\ntitle: Change your card\nquestions: [new credit card]\n---\nOpen Billing and choose Card.\n",
        ),
        (
            "en/invoice.md",
            "---\ntitle: Invoices\nquestions:\n  - where is my invoice\n  - change your card\n---\nThe card pays.\n",
        ),
        ("en/ghost.md", "---\ntitle: \"...\"\n---\n"),
        ("en/staff.md", "---\nvisibility: agents\nquestions: [what do we tell them]\n---\n# Staff only\n"),
    ];
    let golden = "{\"id\":1,\"question\":\"new credit card\",\"article\":\"en/card\"}\n\
        {\"question\":\"bird seed\",\"article\":null}\n\
        {\"question\":\"what do we tell them\",\"article\":\"en/staff\"}\n\
        {\"question\":\"new credit card\",\"article\":[\"en/invoice\"]}\n";
    let with =
        |golden: &str, config: &str| check(&[&articles[..], &[("golden.jsonl", golden), ("kb.toml", config)]].concat());
    insta::assert_snapshot!(with(golden, "name = \"x\"\n[golden]\nrecall_at_1 = 0.9\nrecall_at_3 = \"1 in 2\"\n"), @r#"
    en/ghost.md:2:8: warning[unreached-article]: neither the title nor a question brings this article among the first three
      help: Add `questions` in visitors' words, and a title that says what the article alone is about.
    en/invoice.md:5:5: warning[competing-articles]: who asks "change your card" gets en/card.md first ("Change your card"); this article comes second
      help: Say in titles and questions what sets the two apart, or move the question.
    kb.toml:3:1: error[golden-floor]: `recall_at_1` of golden.jsonl is 0.500; wanted is at least 0.900
      help: Build into a folder of its own and run `kb-indexer eval --articles` to see which questions are lost.
    "#);
    insta::assert_snapshot!(with("{\"question\":\"a\",\n\n{\"question\":\"b\",\"article\":\"card\"}\n", ""), @r#"
    en/ghost.md:2:8: warning[unreached-article]: neither the title nor a question brings this article among the first three
      help: Add `questions` in visitors' words, and a title that says what the article alone is about.
    en/invoice.md:5:5: warning[competing-articles]: who asks "change your card" gets en/card.md first ("Change your card"); this article comes second
      help: Say in titles and questions what sets the two apart, or move the question.
    golden.jsonl:1:16: error[broken-question]: the line is no question: EOF while parsing a value
      help: Write {"id","question","lang"?,"article": slug | [slugs] | null} a line.
    golden.jsonl:3:1: error[unknown-article]: there is no article `card`
      help: Did you mean `en/card`?
    "#);
    assert!(!with(golden, "[golden]\nrecall_at_1 = 0.5\n").contains("golden"));
    let no_set = check(&[&articles[..], &[("kb.toml", "[golden]\nwrong_answers = 0.1\n")]].concat());
    assert!(no_set.contains("kb.toml:2:1: error[golden-floor]"), "{no_set}");
}

/// Two articles; the last sample of the second is what the first is about.
const COMPETING: [(&str, &str); 2] = [
    (
        "en/card.md",
        "---\ntitle: Change your credit card\nquestions: [how do I change my credit card, change the credit card on file, \
         my credit card has changed]\n---\nOpen Billing and change the credit card.\n",
    ),
    (
        "en/invoice.md",
        "---\ntitle: Invoices\nquestions:\n  - where is my invoice\n  - invoice as PDF\n  - download an invoice\n  - can I \
         change my credit card\n---\nInvoices lie under Documents.\n",
    ),
];

#[test]
fn samples_without_themselves() {
    let (bundle, ..) = build(&COMPETING);
    let [(lang, found)] = &bundle.self_tests[..] else { panic!() };
    assert_eq!((lang.as_str(), found.questions, found.right_first, found.expected), ("en", 7, 6, None));
    let [lost] = &found.lost[..] else { panic!("{:?}", found.lost) };
    assert_eq!((lost.article.as_str(), lost.first.as_str()), ("en/invoice", "en/card"));
    assert_eq!((lost.question.as_str(), lost.answered), ("can I change my credit card", true));
    assert!(lost.confidence > 0.6, "{}", lost.confidence);
}

#[test]
fn samples_that_hold_an_article_alone() {
    let (bundle, library, golden) = build(&COMPETING);
    let kb = KnowledgeBase::of_bundle(&bundle).unwrap();
    let told = |question: &str, answered| {
        let (article, first) = ("en/invoice".to_owned(), "en/card".to_owned());
        let lost = Lost { article, question: question.into(), first, confidence: 0.95, answered };
        let found = SelfTest { lost: vec![lost], ..SelfTest::default() };
        diagnostics::to_text(&retrieval::check(&kb, &library, &golden, &[("en".into(), found)]).unwrap())
    };
    let plain = told("invoice as PDF", false);
    insta::assert_snapshot!(plain, @r#"
    en/invoice.md:7:5: warning[competing-articles]: who asks "can I change my credit card" gets en/card.md first ("Change your credit card"); this article comes second
      help: Say in titles and questions what sets the two apart, or move the question.
    "#);
    assert_eq!(told("can I change my credit card", true), plain, "told once");
    insta::assert_snapshot!(told("invoice as PDF", true).replace(&plain, ""), @r#"
    en/invoice.md:5:5: warning[competing-articles]: this line alone leads "invoice as PDF" here: without it the answer would be en/card.md
      help: Say in titles and questions what sets the two apart, or move the question.
    "#);
}
