use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::rewrite;

/// The rewritten text, and what was left out.
fn check(markdown: &str) -> String {
    let Some(rewritten) = rewrite(markdown) else { return "as it is".to_owned() };
    let mut out = rewritten.text.replace(super::BY_NAME, "name:");
    for (foreign, at) in rewritten.foreign {
        out.push_str(&format!("\n{at} {foreign:?}"));
    }
    out
}

#[test]
fn containers() {
    insta::assert_snapshot!(check("Before\n:::note\nOne\n\n- a\n\n```sh\n:::tip\n```\n:::\nAfter\n"), @r#"
    Before
    > [!NOTE]
    > One
    > 
    > - a
    > 
    > ```sh
    > :::tip
    > ```

    After
    "#);
    insta::assert_snapshot!(check(":::tip Save *time*\nx\n:::\n\n:::danger[Take care]{.big}\ny\n:::\n\n::: details More\nz\n:::\n"), @r#"
    > [!TIP]
    > **Save \*time\***
    >
    > x


    > [!CAUTION]
    > **Take care**
    >
    > y


    <details><summary>More</summary>

    z

    </details>
    "#);
    insta::assert_snapshot!(check("::::warning\na\n:::info\nb\n:::\nc\n::::\nd\n"), @r#"
    > [!WARNING]
    > a
    > > [!NOTE]
    > > b
    > 
    > c

    d
    "#);
    insta::assert_snapshot!(check("1. One\n\n   :::note\n   inside\n\n   more\n   :::\n\n2. Two\n   :::tip\n   open\n\nout\n"), @r#"
    1. One

       > [!NOTE]
       > inside
       > 
       > more
       

    2. Two
       > [!TIP]
       > open
       > 
    out
    "#);
    insta::assert_snapshot!(check(":::steps\ninside\n:::\n::: {.tip}\nt\n:::\n"), @r#"
    inside

    > [!TIP]
    > t


    0 Container("steps")
    "#);
    insta::assert_snapshot!(check("1. a\n   :::image type=\"content\" source=\"./media/a b.png\" alt-text=\"The *window*.\":::\n\n::: moniker range=\">=1\"\nx\n::: moniker-end\n:::row:::\n:::code language=\"c\":::\n"), @r#"
    1. a
       ![The \*window\*.](<./media/a b.png>)


    x




    138 Container("code")
    "#);
    assert_eq!(check("a ::: b\n:::\n::: \n"), "as it is");
}

#[test]
fn mdx() {
    insta::assert_snapshot!(check("import Tabs from '@theme/Tabs';\nimport { A,\n  B } from \"x\"\nexport const n = {\n  a: 1\n};\n\n# Hi {/* #hello */}\n\n<Tabs>\n<TabItem value=\"a\" label=\"npm\">\n\ntext <A onClick={() => a > b} title=\"x>y\">inside</A> {/* gone */} end\n\n</TabItem>\n</Tabs>\n"), @r#"
    # Hi {#hello}


    **npm**<br>

    text inside  end




    110 Component("Tabs")
    117 Component("TabItem")
    155 Component("A")
    198 Component("A")
    221 Component("TabItem")
    232 Component("Tabs")
    "#);
    insta::assert_snapshot!(check("<Foo.Bar\n  a=\"1\"\n/>\n\n`<Tabs>` and <Chart/>\n\n    <Tabs>\n\n```\n<Tabs />\nimport x from 'y'\n```\n"), @r#"
    `<Tabs>` and 

        <Tabs>

    ```
    <Tabs />
    import x from 'y'
    ```

    0 Component("Foo.Bar")
    34 Component("Chart")
    "#);
    for same in [
        "import your data from the settings page\n",
        "import the file \"a.csv\" from 'Files'\n",
        "export default settings from the menu\n",
        "Use <Name> and List<String> and <BR> and <Your-Name a=1>, a <B && c=d>.\n",
        "\\<Tabs />\n",
        "text\nimport a from 'b'\n",
    ] {
        assert_eq!(check(same), "as it is", "{same}");
    }
}

#[test]
fn words_of_components() {
    insta::assert_snapshot!(check("<Card title=\"First steps\" subtitle=\"no\">\ninside\n</Card>\n\n<DocLink href=\"/a b\" title='The [door]'/> <Badge title=\"new\" />\n"), @r#"
    **First steps**<br>
    inside


    [The \[door\]](</a b>) 

    0 Component("Card")
    48 Component("Card")
    57 Component("DocLink")
    99 Component("Badge")
    "#);
}

#[test]
fn shortcodes() {
    insta::assert_snapshot!(check("[a]({{< relref \"sub/page two.md#b\" >}}) {{< ref \"page\" >}} <a href=\"{{< ref path=`x` >}}\">x</a>\n\n[r]: {{% ref \"y\" %}}\n\n{{< figure src=\"/img/a b.png\" alt=\"The *door*\" caption=\"Closed\" >}}\n"), @r#"
    [a](<name:sub/page two.md#b>) [page](<name:page>) <a href="name:x">x</a>

    [r]: <name:y>

    ![The \*door\*](</img/a b.png>)<br>Closed
    "#);
    insta::assert_snapshot!(check("{{< note >}}\nInside\n{{< /note >}}\n\n{{% youtube id=1 /%}} `{{< code >}}` {{</* shown */>}}\n\n{{< highlight go \"linenos=table\" >}}\nx\n{{< /highlight >}}\n"), @r#"
    Inside


     `{{< code >}}` {{\< shown \>}}

    ```go
    x
    ```

    0 Shortcode("note")
    20 Shortcode("note")
    35 Shortcode("youtube")
    "#);
    for same in ["{{ template }}\n", "{{< unclosed\n\n>}}\n", "{{< >}}\n", "\\{{< x >}}\n"] {
        assert_eq!(check(same), "as it is", "{same}");
    }
}

#[test]
fn wiki_links() {
    insta::assert_snapshot!(check("[[Reset your password]] [[a/b|two *words*]] [[page#The Section|x]] [[#here]] [[p#q]] [[p#^block]]\n\n| a |\n|---|\n| [[x\\|y]] |\n\n![[shot one.png|300]] ![[shot.png|The door]] ![[note]]\n"), @r#"
    [Reset your password](<name:Reset your password>) [two \*words\*](<name:a/b>) [x](<name:page#The Section>) [here](<name:#here>) [p \> q](<name:p#q>) [p \> ^block](<name:p>)

    | a |
    |---|
    | [y](<name:x>) |

    ![](<shot one.png>) ![The door](<shot.png>) [note](<name:note>)
    "#);
    for same in [
        "[[1]](http://x)\n",
        "[[a]][b]\n",
        "[[ -f x ]]\n",
        "`[[x]]`\n",
        "\\[[x]]\n",
        "[[]]\n",
        "[[a\nb]]\n",
        "    [[x]]\n",
    ] {
        assert_eq!(check(same), "as it is", "{same}");
    }
}

#[test]
fn places_are_those_of_the_old_text() {
    let markdown = ":::note Title\nsee [[page]] now\n:::\n";
    let rewritten = rewrite(markdown).unwrap();
    for word in ["see", "now"] {
        let new = rewritten.text.find(word).unwrap();
        assert_eq!(rewritten.place(new), markdown.find(word).unwrap(), "{word}");
    }
    let link = rewritten.text.find("[page]").unwrap();
    assert_eq!(rewritten.place(link), markdown.find("[[page").unwrap());
}

#[test]
fn hostile_input_is_read_in_time() {
    let n = 50_000;
    for (name, markdown) in [
        ("containers", ":::note\n".repeat(n)),
        ("colons", ":".repeat(n * 4)),
        ("closings", format!("{}{}", ":::note\n".repeat(n), ":::\n".repeat(n))),
        ("comments", "{/*".repeat(n)),
        ("shortcodes", "{{<".repeat(n)),
        ("highlights", "{{< highlight a >}}".repeat(n / 4)),
        ("brackets", "[[".repeat(n)),
        ("links", "[[a]] ".repeat(n)),
        ("tags", "<A ".repeat(n)),
        ("quotes", "<A \"".repeat(n)),
        ("different tags", (0..5_000).map(|i| format!("<A{i}> ")).collect()),
        ("tabs", "<TabItem label=\"a\">".repeat(n / 4)),
        ("imports", "import {\n".repeat(n)),
        ("exports", "export const a = {\n".repeat(n / 4)),
        ("exports apart", "export const a = {\n\n".repeat(n / 4)),
        ("backslashes", format!("{}[[", "\\".repeat(n * 4))),
    ] {
        let start = Instant::now();
        let _ = rewrite(&markdown);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{name} took {took:?}");
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "가",
        " ",
        "    ",
        "\n",
        "\n\n",
        ":::note\n",
        "::::tip T\n",
        ":::\n",
        "::::\n",
        ":::image source=\"p\":::\n",
        ":::row-end:::\n",
        "::: details D\n",
        "- ",
        "> ",
        "```\n",
        "`",
        "{{< ",
        "{{% ",
        " >}}",
        " %}}",
        "/",
        "relref \"x\"",
        "figure src=\"p\"",
        "highlight x",
        "[[",
        "]]",
        "|",
        "#",
        "!",
        "<Tabs>",
        "</Tabs>",
        "<A b={",
        "}>",
        "\"",
        "/>",
        "{/*",
        "*/}",
        "import A from 'x'\n",
        "export const a = {\n",
        "}\n",
        "\\",
        "](",
        ")",
        "\u{E000}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn anything_is_rewritten(markdown in pieces()) {
        if let Some(rewritten) = rewrite(&markdown) {
            for (offset, _) in rewritten.text.char_indices() {
                let place = rewritten.place(offset);
                prop_assert!(place <= markdown.len() && markdown.is_char_boundary(place));
            }
        }
    }

    #[test]
    fn any_text_is_rewritten(markdown in "\\PC{0,200}") {
        let _ = rewrite(&markdown);
    }
}
