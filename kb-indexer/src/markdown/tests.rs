use std::time::{Duration, Instant};

use answer_messages::{Event, Node};
use proptest::prelude::*;

use super::{Body, merge_texts, read, sections};

/// Events in a short form: `<p>`, `</p>`, texts in quotes.
fn short(body: &Body) -> String {
    let mut open = Vec::new();
    let mut out = String::new();
    for event in &body.events {
        match event {
            Event::Open(node) => {
                let name = name(node);
                out.push_str(&format!("<{name}>"));
                open.push(name);
            }
            Event::Close => {
                let name = open.pop().unwrap_or_default();
                out.push_str(&format!("</{}>", name.split(' ').next().unwrap_or("")));
                if open.is_empty() {
                    out.push('\n');
                }
            }
            Event::Text(text) => out.push_str(text),
            Event::Code(text) => out.push_str(&format!("`{text}`")),
            Event::LineBreak => out.push('⏎'),
            Event::Rule => out.push_str("<hr>\n"),
            Event::Image(image) => out.push_str(&format!("<img {:?}>", image.alt)),
            Event::FootnoteReference(number) => out.push_str(&format!("[^{number}]")),
            Event::Task(done) => out.push_str(if *done { "[x]" } else { "[ ]" }),
        }
    }
    for link in &body.links {
        out.push_str(&format!("link {} {}\n", link.offset, link.destination));
    }
    for image in &body.images {
        out.push_str(&format!("image {} {}\n", image.offset, image.destination));
    }
    for remark in &body.remarks {
        out.push_str(&format!("remark {} {:?}\n", remark.offset, remark.kind));
    }
    for (name, section) in body.aliases() {
        out.push_str(&format!("alias {name} -> {section:?}\n"));
    }
    out
}

fn name(node: &Node) -> String {
    match node {
        Node::Paragraph => "p".to_owned(),
        Node::Heading { level, id } => format!("h{level} {id}"),
        Node::List(None) => "ul".to_owned(),
        Node::List(Some(first)) => format!("ol {first}"),
        Node::Item => "li".to_owned(),
        Node::Row => "tr".to_owned(),
        Node::Cell { header, align } => format!("{} {align:?}", if *header { "th" } else { "td" }),
        Node::CodeBlock(language) => format!("pre {}", language.as_deref().unwrap_or("")),
        Node::Link(_) => "a".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

#[track_caller]
fn assert_sound(body: &Body) {
    let mut depth = 0_usize;
    let mut previous_text = false;
    for event in &body.events {
        match event {
            Event::Open(_) => depth += 1,
            Event::Close => depth = depth.checked_sub(1).expect("more nodes closed than opened"),
            Event::Text(text) => {
                assert!(!text.is_empty(), "an empty text");
                assert!(!previous_text, "two texts beside each other");
            }
            _ => {}
        }
        assert!(depth <= super::builder::MAX_DEPTH, "nested {depth} deep");
        previous_text = matches!(event, Event::Text(_));
    }
    assert_eq!(depth, 0, "nodes left open");
    assert_well_formed(&body.events);
    for link in &body.links {
        assert!(matches!(body.events[link.event], Event::Open(Node::Link(_))), "a link that is none");
    }
    for image in &body.images {
        assert!(matches!(body.events[image.event], Event::Image(_)), "a picture that is none");
    }
}

/// Lists hold items, tables rows of cells, and what opens on demand begins with its summary.
#[track_caller]
fn assert_well_formed(events: &[Event]) {
    let mut open: Vec<&Node> = Vec::new();
    let mut previous = None;
    for event in events {
        let node = match event {
            Event::Open(node) => Some(node),
            Event::Close => {
                open.pop();
                previous = Some(event);
                continue;
            }
            _ => None,
        };
        let fits = match (open.last(), node) {
            (Some(Node::List(_)), node) => matches!(node, Some(Node::Item)),
            (Some(Node::Table), node) => matches!(node, Some(Node::Row)),
            (Some(Node::Row), node) => matches!(node, Some(Node::Cell { .. })),
            (Some(Node::Details), Some(Node::Summary)) => true,
            (Some(Node::Details), _) => !matches!(previous, Some(Event::Open(Node::Details))),
            (Some(Node::CodeBlock(_)), _) => matches!(event, Event::Text(_)),
            (_, Some(Node::Item | Node::Row | Node::Cell { .. } | Node::Summary)) => false,
            (Some(Node::Link(_)), Some(Node::Link(_))) => false,
            (None | Some(Node::Quote | Node::Alert(_) | Node::Footnote(_)), None) => {
                matches!(event, Event::Rule) || open.len() >= super::builder::MAX_DEPTH
            }
            _ => true,
        };
        assert!(fits, "{event:?} in {:?}", open.last());
        open.extend(node);
        previous = Some(event);
    }
}

fn check(markdown: &str) -> String {
    let body = read(markdown, 0);
    assert_sound(&body);
    short(&body)
}

#[test]
fn blocks() {
    insta::assert_snapshot!(check(
        "intro\nsecond line  \nbroken\n\n## Heading *one*\n\n- a\n- b\n  1. c\n\n     d\n\n> quote\n\n***\n\n```Rust,ignore\nfn x() {}\n```\n\n    indented\n"
    ), @r#"
    <p>intro second line⏎broken</p>
    <h2 heading-one>Heading <emphasis>one</emphasis></h2>
    <ul><li>a</li><li>b<ol 1><li><p>c</p><p>d</p></li></ol></li></ul>
    <quote><p>quote</p></quote>
    <hr>
    <pre rust>fn x() {}</pre>
    <pre >indented</pre>
    "#);
}

#[test]
fn extensions() {
    insta::assert_snapshot!(check(
        "| a | b | c |\n|---|:-:|--:|\n| 1 | **2** | `3` |\n\n- [ ] open\n- [x] ~~done~~\n\nText[^b] and[^a].\n\n[^a]: First\n[^b]: Second\n\n> [!WARNING]\n> Careful\n"
    ), @r#"
    <table><tr><th Start>a</th><th Center>b</th><th End>c</th></tr><tr><td Start>1</td><td Center><strong>2</strong></td><td End>`3`</td></tr></table>
    <ul><li>[ ]open</li><li>[x]<strikethrough>done</strikethrough></li></ul>
    <p>Text[^1] and[^2].</p>
    <footnote(2)><p>First</p></footnote(2)>
    <footnote(1)><p>Second</p></footnote(1)>
    <alert(warning)><p>Careful</p></alert(warning)>
    "#);
}

#[test]
fn links_and_pictures() {
    insta::assert_snapshot!(check(
        "[text](a.md#b \"title\") <https://x.example> <me@x.example> ![an *alt*\ntext](p.png) ![far](https://x.example/p.png) ![](//x.example/p.png)\n\n[![badge](b.svg)](c.md) [ref]\n\n[ref]: d.md\n"
    ), @r#"
    <p><a>text</a> <a>https://x.example</a> <a>me@x.example</a> <img "an alt text"> far</p>
    <p><a><img "badge"></a> <a>ref</a></p>
    link 0 a.md#b
    link 23 https://x.example
    link 43 mailto:me@x.example
    link 138 c.md
    link 162 d.md
    image 58 p.png
    image 139 b.svg
    remark 82 RemoteImage("https://x.example/p.png")
    remark 114 RemoteImage("//x.example/p.png")
    "#);
}

#[test]
fn anchors() {
    insta::assert_snapshot!(check(
        "<a id=\"top-of-it\"></a>\n\n# One\n\ntext <a name=here></a>\n\n## One\n\n## `Two` & more {#two}\n\n<span id=\"x\"></span>\n## GET /users/{id}\n\n##\n"
    ), @r#"
    <h1 one>One</h1>
    <p>text</p>
    <h2 one-1>One</h2>
    <h2 two>`Two` & more</h2>
    <h2 get-usersid>GET /users/{id}</h2>
    alias here -> "one-1"
    alias top-of-it -> "one"
    alias x -> "get-usersid"
    "#);
}

#[test]
fn dialects_of_other_tools() {
    insta::assert_snapshot!(check(
        "> [!NOTE]\n> Alert\n\n:::tip Save\nOne\n:::danger\nTwo\n:::\n:::\n\n<Card title=\"x\">\n\n## How do I save?\n\n</Card>\n\n[[Other page|words]] ![](p.png) <img src=q.png alt=\"\"> <img src=r.png>\n"
    ), @r#"
    <alert(note)><p>Alert</p></alert(note)>
    <alert(tip)><p><strong>Save</strong></p><p>One</p><alert(caution)><p>Two</p></alert(caution)></alert(tip)>
    <p><strong>x</strong></p>
    <h2 how-do-i-save>How do I save?</h2>
    <p><a>words</a> <img ""> <img ""> <img ""></p>
    link 104 Other page
    image 125 p.png
    image 136 q.png
    image 159 r.png
    remark 58 Foreign(Component("Card"))
    remark 95 Foreign(Component("Card"))
    remark 125 SilentImage
    remark 159 SilentImage
    "#);
}

#[test]
fn html_blocks() {
    insta::assert_snapshot!(check(
        "<details>\n<summary>More <b>here</b></summary>\n\n- inside\n\n</details>\n\n<details><p>no summary</details>\n\n<table>\n<tr><th>h<td>a\n<tr><td>\n\n**b**\n\n</td></tr>\n</table>\n\n<div align=center>\n<img src=\"p.png\" alt=\"A picture\">\n<p>one</p><p>two</p>\n</div>\n\n<ul><li>a<li>b</ul>\n\n<pre>\n a  b\n</pre>\n\n<h2 id=own>Title</h2>\n"
    ), @r#"
    <details><summary>More <strong>here</strong></summary><ul><li>inside</li></ul></details>
    <details><summary>…</summary><p>no summary</p></details>
    <table><tr><th Start>h</th><td Start>a</td></tr><tr><td Start><p><strong>b</strong></p></td></tr></table>
    <p><img "A picture"></p>
    <p>one</p>
    <p>two</p>
    <ul><li>a</li><li>b</li></ul>
    <pre >
     a  b</pre>
    <h2 title>Title</h2>
    image 183 p.png
    alias own -> "title"
    "#);
}

#[test]
fn html_in_lines() {
    insta::assert_snapshot!(check(
        "H<sub>2</sub>O<br/>x<sup>2</sup> <kbd>Ctrl</kbd> <a href=\"a.md\">a <b>link</b></a> <span>plain</span>\n\nUse <username> and `<b>`, never <Your-Name attr=1> </Your-Name>. 1 < 2.\n\nopen <b>bold\n\nnext <code>a *b*</code> end\n\n<!-- hidden --> shown <sup class=badge /> still\n"
    ), @r#"
    <p>H<subscript>2</subscript>O⏎x<superscript>2</superscript> <keyboard>Ctrl</keyboard> <a>a <strong>link</strong></a> plain</p>
    <p>Use <username> and `<b>`, never <Your-Name attr=1> </Your-Name>. 1 < 2.</p>
    <p>open <strong>bold</strong></p>
    <p>next `a `<emphasis>`b`</emphasis> end</p>
    <p>shown still</p>
    link 49 a.md
    "#);
}

#[test]
fn dropped_html() {
    insta::assert_snapshot!(check(
        "<script>\nalert(1)\n\n**x**\n</script>\n\na <style>p{}</style> b\n\n<iframe src=x></iframe>\n\nafter <script>alert(1)\n\nnext\n"
    ), @r#"
    <p>a b</p>
    <p>after</p>
    <p>next</p>
    remark 0 DroppedElement("script")
    remark 38 DroppedElement("style")
    remark 60 DroppedTag("iframe")
    remark 91 DroppedElement("script")
    "#);
}

#[test]
fn line_ends_between_words() {
    insta::assert_snapshot!(check("가나\n다라\n\n日本\n語\n\n中文\nabc\n\n*a*\n*b*\n"), @r#"
    <p>가나 다라</p>
    <p>日本語</p>
    <p>中文 abc</p>
    <p><emphasis>a</emphasis> <emphasis>b</emphasis></p>
    "#);
}

#[test]
fn titles_are_not_repeated() {
    let taken = |markdown: &str, title: &str| {
        let mut body = read(markdown, 0);
        let anchor = body.take_title(title);
        assert_sound(&body);
        (anchor, short(&body))
    };
    let (anchor, rest) = taken("# The [title](a.md)\n\n[b](b.md) ![](p.png)\n", "The  title");
    assert_eq!(anchor.as_deref(), Some("the-title"));
    assert_eq!(rest, "<p><a>b</a> <img \"\"></p>\nlink 21 b.md\nimage 31 p.png\nremark 31 SilentImage\n");
    assert_eq!(taken("# Another\n", "The title").0, None);
    assert_eq!(taken("## The title\n", "The title").0, None);
    assert_eq!(taken("text\n\n# The title\n", "The title").0, None);
}

#[test]
fn sections_begin_at_headings() {
    let body = read(
        "before\n\n## A\n\none *two*\nthree\n\n- x\n- y `z`\n\n### A1\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n  more\n```\n\n## B\n\n> ### Quoted\n> ![alt](p.png) text<br>more\n",
        0,
    );
    let shown: String = sections(&body.events)
        .into_iter()
        .map(|s| format!("{:?} {} {:?} {:?}\n{}\n---\n", s.anchor, s.level, s.heading, s.parents, s.text))
        .collect();
    insta::assert_snapshot!(shown, @r#"
    "" 0 "" []
    before
    ---
    "a" 2 "A" []
    one two three
    x
    y z
    ---
    "a1" 3 "A1" ["A"]
    a b
    1 2
    code
      more
    ---
    "b" 2 "B" []

    ---
    "quoted" 3 "Quoted" ["B"]
    text more
    ---
    "#);
}

/// What takes a parser's stack or its time.
#[test]
fn hostile_input_is_read_in_time() {
    let n = 100_000;
    let cases: Vec<(&str, String)> = vec![
        ("quotes", "> ".repeat(n) + "a"),
        ("quotes without blanks", ">".repeat(n)),
        ("lists", "- ".repeat(n) + "a"),
        ("indented lists", (0..1000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect()),
        ("emphasis", "*a **b ".repeat(n / 2)),
        ("closed emphasis", format!("{}x{}", "*".repeat(n), "*".repeat(n))),
        ("strong in turns", "**x *y ".repeat(n / 4) + &"*z **".repeat(n / 4)),
        ("brackets", "[".repeat(n)),
        ("closed brackets", format!("{}a{}", "[".repeat(n), "]".repeat(n))),
        ("links", format!("{}a{}", "[".repeat(n), "](b)".repeat(n))),
        ("pictures", "![[]()".repeat(n)),
        ("anchors", "<a id=x></a> ".repeat(n / 4)),
        ("open pictures", "![".repeat(n)),
        ("code", "`a``b```".repeat(n / 4)),
        ("comments", "<!--".repeat(n)),
        ("tags", "<b>".repeat(n)),
        ("tags in a block", format!("<div>{}\n", "<b>".repeat(n))),
        ("details", "<details>".repeat(n)),
        ("closed details", "<details>".repeat(n / 2) + &"</details>".repeat(n / 2)),
        ("tables of HTML", "<table><tr><td>".repeat(n / 8)),
        ("broken tags", format!("<div>{}", "<a \"".repeat(n))),
        ("broken attributes", format!("<div>{}", "<a b='".repeat(n))),
        ("footnotes", (0..10_000).map(|i| format!("[^{i}]: a\n\n[^{i}] ")).collect()),
        ("references", (0..10_000).map(|i| format!("[{i}]: a\n")).collect::<String>() + &"[1] ".repeat(10_000)),
        ("same headings", "# a\n".repeat(n / 10)),
        ("rows", "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(n / 4)),
        ("columns", format!("{}\n{}\n", "|a".repeat(5_000), "|-".repeat(5_000))),
        ("tildes", "~~a ".repeat(n)),
        ("entities", "&amp".repeat(n)),
        ("long word", "가".repeat(n)),
        ("backslashes", "\\".repeat(n)),
    ];
    for (name, markdown) in cases {
        let start = Instant::now();
        let body = read(&markdown, 0);
        assert_sound(&body);
        let _ = (sections(&body.events), body.aliases());
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{name} took {took:?}");
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b ",
        "가",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "  ",
        "    ",
        "1. ",
        "# ",
        "## ",
        "[",
        "](x.md)",
        "![",
        "](p.png)",
        "](http://x/y)",
        "|",
        "\n|-|-|\n",
        "[^1]",
        "[^1]: ",
        "<b>",
        "</b>",
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<li>",
        "<ul>",
        "</ul>",
        "</li>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<hr>",
        "<a href=x>",
        "</a>",
        "<a id=y>",
        "<img src=z>",
        "<script>",
        "</script>",
        "<style>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "<h2>",
        "</h2>",
        "<x>",
        "</x>",
        "<!--",
        ":::note\n",
        ":::\n",
        "{{< figure src=x >}}",
        "[[",
        "]]",
        "<Tabs>",
        "</Tabs>",
        "-->",
        "&lt;",
        "&#0;",
        "{#id}",
        "- [x] ",
        "> [!NOTE]\n",
        "<sup/>",
        "<blockquote>",
        "</blockquote>",
        "\\",
        "***\n",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn events_are_always_sound(markdown in pieces()) {
        let body = read(&markdown, 0);
        assert_sound(&body);
        prop_assert_eq!(merge_texts(body.events.clone()), body.events.clone());
        let sections = sections(&body.events);
        prop_assert_eq!(sections[0].anchor.as_str(), "");
        let anchors: Vec<&str> = sections.iter().map(|section| section.anchor.as_str()).collect();
        for section in body.aliases().values() {
            prop_assert!(anchors.contains(&section.as_str()));
        }
        let mut named = anchors.clone();
        named.sort_unstable();
        named.dedup();
        prop_assert_eq!(named.len(), anchors.len());
    }

    #[test]
    fn any_text_is_read(markdown in "\\PC{0,200}") {
        assert_sound(&read(&markdown, 0));
    }
}
