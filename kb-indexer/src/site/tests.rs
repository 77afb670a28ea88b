use std::fs;

use super::{files, write};
use crate::library::of_texts::of_texts;

const ARTICLES: &[(&str, &str)] = &[
    (
        "en/account/reset.md",
        "---\ntitle: Reset \"it\" & <go>\ndescription: How to.\nupdated: 2026-11-21\nredirect_from: old/reset\n---\n\
         Text <username> `<b>` [ko](../../ko/account/reset.md#하나) [x](\"onmouseover=alert) [y](http://x.example/\"><script>).\n\n\
         ## One\n\n- [x] done\n\n### Two\n\n| a | b |\n|--|-:|\n| 1 | 2 |\n\n## Three[^1]\n\n> [!TIP]\n> Do\n\n## Four\n\n\
         ```rust\nlet x = \"<>\";\n```\n\n[^1]: Note\n",
    ),
    ("en/start.md", "# Start\n\n![](p.svg) ![missing & gone](q.png)\n"),
    ("en/p.svg", "<svg/>"),
    ("ko/account/reset.md", "# 재설정\n\n## 하나\n\n[시작](../../en/start.md)\n"),
    ("ko/agents.md", "---\nvisibility: agents\n---\nSecret\n"),
    ("kb.toml", "name = \"Help & more\"\nsite_url = \"https://x.example/help\"\nlanguages = [\"en\", \"ko\"]\n"),
];

fn page(path: &str) -> String {
    let (library, config) = of_texts(ARTICLES);
    let files = files(&library.public(), &config);
    let paths: Vec<&String> = files.keys().collect();
    let bytes = files.get(path).unwrap_or_else(|| panic!("no {path} among {paths:?}"));
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn paths() {
    let (library, config) = of_texts(ARTICLES);
    let paths: Vec<String> = files(&library.public(), &config).into_keys().collect();
    insta::assert_snapshot!(paths.join("\n"), @r#"
    en/account/reset/index.html
    en/index.html
    en/start/index.html
    index.html
    ko/account/reset/index.html
    ko/index.html
    media/d4dc56669143034f.svg
    old/reset/index.html
    style.css
    "#);
}

#[test]
fn article_page() {
    insta::assert_snapshot!(page("en/account/reset/index.html"), @r##"
    <!doctype html>
    <html lang="en" dir="ltr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Reset &quot;it&quot; &amp; &lt;go&gt; · Help &amp; more</title>
    <meta name="description" content="How to.">
    <link rel="canonical" href="https://x.example/help/en/account/reset/">
    <link rel="alternate" hreflang="ko" href="../../../ko/account/reset/">
    <meta name="color-scheme" content="light dark">
    <link rel="stylesheet" href="../../../style.css">
    </head>
    <body>
    <header>
    <a class="name" href="../../../en/">Help &amp; more</a>
    <nav aria-label="Languages">
    <a href="../../../ko/account/reset/" hreflang="ko" lang="ko">한국어</a>
    </nav>
    </header>
    <main>
    <article>
    <h1>Reset &quot;it&quot; &amp; &lt;go&gt;</h1>
    <p class="updated">Updated <time datetime="2026-11-21">2026-11-21</time></p>
    <nav class="contents" aria-label="On this page">
    <p>On this page</p>
    <ul>
    <li><a href="#one">One</a></li>
    <li class="inner"><a href="#two">Two</a></li>
    <li><a href="#three">Three</a></li>
    <li><a href="#four">Four</a></li>
    </ul>
    </nav>
    <p>Text &lt;username&gt; <code>&lt;b&gt;</code> <a href="../../../ko/account/reset/#하나">ko</a> x <a href="http://x.example/%22%3E%3Cscript%3E" rel="noopener noreferrer">y</a>.</p>
    <h2 id="one">One</h2>
    <ul>
    <li>☑ done</li>
    </ul>
    <h3 id="two">Two</h3>
    <div class="table" tabindex="0">
    <table>
    <tr><th scope="col">a</th><th scope="col" class="end">b</th></tr>
    <tr><td>1</td><td class="end">2</td></tr>
    </table>
    </div>
    <h2 id="three">Three<sup><a href="#fn.1" id="ref.1">1</a></sup></h2>
    <div class="alert tip" role="note">
    <p class="alert-title">Tip</p>
    <p>Do</p>
    </div>
    <h2 id="four">Four</h2>
    <pre tabindex="0"><code class="language-rust">let x = &quot;&lt;&gt;&quot;;</code></pre>
    <div class="footnote" id="fn.1">
    <a class="number" href="#ref.1" aria-label="1: Back to the text">1</a>
    <p>Note</p>
    </div>
    </article>
    </main>
    <footer>
    <a href="../../../en/">All articles</a>
    </footer>
    </body>
    </html>
    "##);
}

#[test]
fn pictures() {
    let page = page("en/start/index.html");
    let start = page.find("<h1>").unwrap();
    insta::assert_snapshot!(page[start..].lines().take(3).collect::<Vec<_>>().join("\n"), @r#"
    <h1>Start</h1>
    <p><img src="../../media/d4dc56669143034f.svg" alt="" loading="lazy"> <span class="missing">missing &amp; gone</span></p>
    </article>
    "#);
}

#[test]
fn korean_page() {
    insta::assert_snapshot!(page("ko/account/reset/index.html"), @r#"
    <!doctype html>
    <html lang="ko" dir="ltr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>재설정 · Help &amp; more</title>
    <link rel="canonical" href="https://x.example/help/ko/account/reset/">
    <link rel="alternate" hreflang="en" href="../../../en/account/reset/">
    <meta name="color-scheme" content="light dark">
    <link rel="stylesheet" href="../../../style.css">
    </head>
    <body>
    <header>
    <a class="name" href="../../../ko/">Help &amp; more</a>
    <nav aria-label="언어">
    <a href="../../../en/account/reset/" hreflang="en" lang="en">English</a>
    </nav>
    </header>
    <main>
    <article>
    <h1>재설정</h1>
    <h2 id="하나">하나</h2>
    <p><a href="../../../en/start/">시작</a></p>
    </article>
    </main>
    <footer>
    <a href="../../../ko/">모든 문서</a>
    </footer>
    </body>
    </html>
    "#);
}

#[test]
fn index_page() {
    insta::assert_snapshot!(page("index.html"), @r#"
    <!doctype html>
    <html lang="en" dir="ltr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Help &amp; more</title>
    <link rel="canonical" href="https://x.example/help/">
    <link rel="alternate" hreflang="ko" href="ko/">
    <meta name="color-scheme" content="light dark">
    <link rel="stylesheet" href="style.css">
    </head>
    <body>
    <header>
    <span class="name">Help &amp; more</span>
    <nav aria-label="Languages">
    <a href="ko/" hreflang="ko" lang="ko">한국어</a>
    </nav>
    </header>
    <main>
    <h1>All articles</h1>
    <h2>account</h2>
    <ul class="articles">
    <li><a href="en/account/reset/">Reset &quot;it&quot; &amp; &lt;go&gt;</a><p>How to.</p></li>
    </ul>
    <h2>Other articles</h2>
    <ul class="articles">
    <li><a href="en/start/">Start</a></li>
    </ul>
    </main>
    </body>
    </html>
    "#);
}

#[test]
fn redirect_page() {
    insta::assert_snapshot!(page("old/reset/index.html"), @r#"
    <!doctype html>
    <html lang="en" dir="ltr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Reset &quot;it&quot; &amp; &lt;go&gt; · Help &amp; more</title>
    <meta name="robots" content="noindex">
    <meta http-equiv="refresh" content="0; url=../../en/account/reset/">
    <link rel="stylesheet" href="../../style.css">
    </head>
    <body>
    <main>
    <p><span>This page has moved:</span> <a href="../../en/account/reset/">Reset &quot;it&quot; &amp; &lt;go&gt;</a></p>
    </main>
    </body>
    </html>
    "#);
}

#[test]
fn pages_hold_no_script() {
    let (library, config) = of_texts(ARTICLES);
    for (path, bytes) in files(&library.public(), &config) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("<script"), "{path}");
        assert!(!text.contains("onmouseover=alert\""), "{path}");
        assert!(!text.contains("Secret"), "{path}");
    }
}

#[test]
fn unchanged_files_are_left_alone() {
    let (library, config) = of_texts(ARTICLES);
    let out = tempfile::tempdir().unwrap();
    let all = files(&library, &config).len();
    assert_eq!(write(&library, &config, out.path()).unwrap(), all);
    assert_eq!(write(&library, &config, out.path()).unwrap(), 0);
    fs::write(out.path().join("style.css"), "").unwrap();
    assert_eq!(write(&library, &config, out.path()).unwrap(), 1);
    let left_over =
        fs::read_dir(out.path()).unwrap().any(|e| e.unwrap().path().extension().is_some_and(|e| e == "new"));
    assert!(!left_over);
}
