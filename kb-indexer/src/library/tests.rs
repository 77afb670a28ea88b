use std::{fs, path::Path};

use answer_messages::{Event, Node, Target};

use super::{Library, ReadOptions};
use crate::{article::ParsedArticle, config::Config, diagnostics};

/// A pixel.
const GIF: &[u8] = b"GIF89a\x02\x00\x03\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(root: &Path) -> (Library, String) {
    let (config, mut found) = Config::load(root, None).unwrap();
    let options = ReadOptions { today: Some("2026-11-21"), progress: None };
    let (library, more) = Library::read(root, &config, options).unwrap();
    found.extend(more);
    (library, diagnostics::to_text(&found))
}

/// Diagnostics, then a line about each article.
fn check(files: &[(&str, &str)]) -> String {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let (library, diagnostics) = read(folder(&files).path());
    library.articles.iter().fold(diagnostics, |out, article| out + &line(article))
}

fn line(article: &ParsedArticle) -> String {
    let links: Vec<String> = article
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Open(Node::Link(Target::Article { slug, section })) => Some(format!("{slug}#{section}")),
            Event::Open(Node::Link(Target::Section(section))) => Some(format!("#{section}")),
            Event::Open(Node::Link(Target::External(address))) => Some(address.clone()),
            Event::Open(Node::Link(Target::Dead)) => Some("dead".to_owned()),
            Event::Image(image) => Some(format!("{:?}", image)),
            _ => None,
        })
        .collect();
    let ParsedArticle { slug, lang, title, url, .. } = article;
    let collection = article.collection.as_deref().unwrap_or("-");
    format!("{slug} | {lang} | {title} | {url} | {collection} | {}\n", links.join(" "))
}

#[test]
fn names_languages_and_collections() {
    insta::assert_snapshot!(check(&[
        ("en/account/reset password.md", "# Reset\n"),
        ("en/start.md", "---\ntitle: Start\nslug: begin/here\ncollection: First steps\n---\n# Start\n"),
        ("en/other.md", "---\nlang: de\n---\n## Anders\n"),
        ("ko/account/비밀번호.md", "text only\n"),
        ("ko/draft.md", "---\ndraft: true\n---\n"),
        ("readme.md", "한국어로 된 문서입니다\n"),
        ("plain.markdown", "Plain English\n"),
    ]), @r#"
    begin/here | en | Start | begin/here/ | First steps | 
    en/account/reset password | en | Reset | en/account/reset%20password/ | account | 
    en/other | de | Anders | en/other/ | - | 
    ko/account/비밀번호 | ko | 비밀번호 | ko/account/%EB%B9%84%EB%B0%80%EB%B2%88%ED%98%B8/ | account | 
    plain | en | plain | plain/ | - | 
    readme | ko | readme | readme/ | - |
    "#);
}

#[test]
fn links_between_articles() {
    insta::assert_snapshot!(check(&[
        ("en/a/one.md", "# One\n\n## Part\n\n[1](two.md) [2](./two.md#b) [3](/en/a/two) [4](/a/two.html) [5](#part) [6](one.md#one) [7](../b/) [8](two%20words.md) [9](Two.md) [10](../b#c) [11](http://x.example/?a=1&b) [12](mailto:a@b.example) [13](//x.example) [14](../../en/a/two.md?x=1#B) [15](/help/en/a/two/) [16](../other) [17](old/way) [18](/old/way) [19](two.md#extra)\n"),
        ("en/a/two.md", "# Two\n\n## B\n\n<a name=extra></a> text [back](.) [self]()\n"),
        ("en/a/two words.md", "x [1](draft.md) [2](faulty.md) [3](nowhere.md) [4](two.md#nope) [5](two.md#B-) [6](JavaScript:alert(1)) [7](java\tscript:alert(1)) [8](../../../etc/passwd) [9](agents.md) [10](data:text/html,x) [11](?x)\n"),
        ("en/b/index.md", "# C\n"),
        ("en/a/draft.md", "---\ndraft: true\n---\n"),
        ("en/a/faulty.md", "---\norder: x\n---\n"),
        ("en/a/agents.md", "---\nvisibility: agents\n---\n[public](two.md)\n"),
        ("en/moved.md", "---\nredirect_from: [/old/way/, en/a/two]\n---\n"),
        ("en/moved2.md", "---\nredirect_from: old/way\n---\n"),
        ("kb.toml", "site_url = \"https://x.example/help/\"\n"),
    ]), @r#"
    en/a/faulty.md:2:8: error[wrong-type]: `order` must be a whole number, here it is text
      help: Write it as in `order: 10`.
    en/a/one.md:5:269: warning[dead-link]: the link leads nowhere: `../other`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    en/a/one.md:5:284: warning[dead-link]: the link leads nowhere: `old/way`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    en/a/two words.md:1:3: warning[dead-link]: the link leads nowhere: `draft.md`
      help: The article that it leads to is a draft.
    en/a/two words.md:1:17: warning[dead-link]: the link leads nowhere: `faulty.md`
      help: The article that it leads to has errors.
    en/a/two words.md:1:32: warning[dead-link]: the link leads nowhere: `nowhere.md`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    en/a/two words.md:1:48: warning[dead-anchor]: the article `en/a/two` has no section `#nope`
      help: The link goes to the article's top.
    en/a/two words.md:1:65: warning[dead-anchor]: the article `en/a/two` has no section `#B-`
      help: Did you mean `#b`? The link goes to the article's top.
    en/a/two words.md:1:80: warning[unsafe-link]: links of the kind `JavaScript:` are not followed: `JavaScript:alert(1)`
      help: Use http, https, mailto or tel.
    en/a/two words.md:1:131: warning[dead-link]: the link leads nowhere: `../../../etc/passwd`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    en/a/two words.md:1:156: warning[agents-link]: the link leads to an article for agents: agents.md
      help: Visitors cannot open it; remove the link or make the article public.
    en/a/two words.md:1:171: warning[unsafe-link]: links of the kind `data:` are not followed: `data:text/html,x`
      help: Use http, https, mailto or tel.
    en/a/two.md:5:35: warning[dead-link]: the link leads nowhere: ``
      help: Write where it leads, between the round brackets.
    en/moved.md:2:28: warning[redirect-clash]: the former address `en/a/two` belongs to en/a/two.md
      help: Remove it from one of the two.
    en/moved2.md:2:16: warning[redirect-clash]: the former address `old/way` belongs to en/moved.md
      help: Remove it from one of the two.
    en/a/agents | en | agents | en/a/agents/ | a | en/a/two#
    en/a/one | en | One | en/a/one/ | a | en/a/two# en/a/two#b en/a/two# en/a/two# #part # en/b/index# en/a/two words# en/a/two# en/b/index# http://x.example/?a=1&b mailto:a@b.example https://x.example en/a/two#b en/a/two# dead dead en/moved# en/a/two#b
    en/a/two | en | Two | en/a/two/ | a | # dead
    en/a/two words | en | two words | en/a/two%20words/ | a | dead dead dead en/a/two# en/a/two# dead dead dead dead #
    en/b/index | en | C | en/b/index/ | b | 
    en/moved | en | moved | en/moved/ | - | 
    en/moved2 | en | moved2 | en/moved2/ | - |
    "#);
}

#[test]
fn names_of_other_tools() {
    insta::assert_snapshot!(check(&[
        ("en/a/one.md", "---\naliases: [First steps, /old/one/]\npermalink: /start.html\n---\n# The one\n\n## Part two!\n\n[[two]] [[The Two|x]] [[b/two]] [[first-steps]] [[one#Part two]] [[#part two]] [[nowhere]] [[The Two#none]] [[en/b/two]] [[own/three]]\n\n<Card>x</Card> <Other/>\n\n:::columns\n:::\n"),
        ("en/a/two.md", "# Two of a\n\n[1]({{< relref \"one\" >}}) [2](/start) [3](/old/one/) {{< ref \"Two of b#c\" >}}\n\n<Card>y</Card>{{< youtube 1 >}}\n"),
        ("en/b/two.mdx", "import Card from './card'\n\n# The Two\n\n## C\n\n[[two]] [a](../a/two.mdx)\n\n<Card/>\n"),
        ("en/b/three.md", "---\ntitle: Two of b\nsidebar_position: 3\nslug: own/three\n---\n## C\n"),
        ("ko/b/two.md", "# 둘\n\n[[two]] [[three]]\n"),
    ]), @r#"
    en/a/one.md:9:80: warning[dead-link]: the link leads nowhere: `nowhere`
      help: Write the title, an alias, the slug or the file name of an article.
    en/a/one.md:9:92: warning[dead-anchor]: the article `en/b/two` has no section `#none`
      help: The link goes to the article's top.
    en/a/one.md:11:1: warning[foreign-markup]: the component `<Card>` was left out; what stands inside it is shown (in 3 articles; this is the first)
      help: Only Markdown and HTML are shown; say in plain words or a list what it would have shown.
    en/a/one.md:11:16: warning[foreign-markup]: the component `<Other>` was left out; what stands inside it is shown
      help: Only Markdown and HTML are shown; say in plain words or a list what it would have shown.
    en/a/one.md:13:1: warning[foreign-markup]: the container `:::columns` was left out; what stands inside it is shown
      help: Use `note`, `tip`, `info`, `important`, `warning`, `caution` or `danger`.
    en/a/two.md:5:15: warning[foreign-markup]: the shortcode `youtube` was left out; what stands inside it is shown
      help: Only `ref`, `relref`, `figure` and `highlight` are known; write the rest as Markdown.
    en/a/one | en | The one | en/a/one/ | a | en/a/two# en/b/two# en/b/two# # #part-two #part-two dead en/b/two# en/b/two# own/three#
    en/a/two | en | Two of a | en/a/two/ | a | en/a/one# en/a/one# en/a/one# own/three#c
    en/b/two | en | The Two | en/b/two/ | b | # en/a/two#
    ko/b/two | ko | 둘 | ko/b/two/ | b | # own/three#
    own/three | en | Two of b | own/three/ | b |
    "#);
}

#[test]
fn pictures() {
    let folder = folder(&[
        ("a/one.md", b"![dot](../img/dot.gif) ![again](/img/dot.gif#x) ![none](none.png) ![out](../../out.png) ![text](../b.txt) <img src='../img/%EC%A0%90.GIF' alt=point> ![](<>) ![far](HTTP://x.example/a.png) ![data](data:image/png;base64,AA==)\n"),
        ("img/dot.gif", GIF),
        // As macOS stores the name.
        ("img/\u{110C}\u{1165}\u{11B7}.GIF", GIF),
        ("b.txt", b"text"),
    ]);
    let (library, diagnostics) = read(folder.path());
    let article = &library.articles[0];
    insta::assert_snapshot!(format!("{diagnostics}{}", line(article)), @r#"
    a/one.md:1:49: warning[missing-image]: there is no picture `a/none.png`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    a/one.md:1:67: warning[outside-root]: the picture lies outside the articles' folder and was not read
      help: Copy it into the articles' folder.
    a/one.md:1:89: warning[missing-image]: the file is not a picture that browsers show
      help: Save it as PNG, JPEG, WebP, AVIF, GIF or SVG.
    a/one.md:1:150: warning[missing-image]: the picture has no address
      help: Write the path of its file.
    a/one.md:1:158: warning[remote-image]: the picture is not among the articles and is not loaded: HTTP://x.example/a.png
      help: Save it beside the article: loading it would tell another server who reads what.
    a/one.md:1:189: warning[remote-image]: the picture is not among the articles and is not loaded: data:image/png;base64,AA==
      help: Save it beside the article: loading it would tell another server who reads what.
    a/one | en | one | a/one/ | a | Image { path: "media/40681e7d45d924e2.gif", alt: "dot", size: Some((2, 3)) } Image { path: "media/40681e7d45d924e2.gif", alt: "again", size: Some((2, 3)) } Image { path: "", alt: "none", size: None } Image { path: "", alt: "out", size: None } Image { path: "", alt: "text", size: None } Image { path: "media/40681e7d45d924e2.gif", alt: "point", size: Some((2, 3)) } Image { path: "", alt: "", size: None }
    "#);
    let paths: Vec<&str> = article.images.iter().map(|image| image.path.as_str()).collect();
    assert_eq!(paths, ["media/40681e7d45d924e2.gif"]);
    assert_eq!(&*article.images[0].bytes, GIF);
}

#[test]
fn every_kind_of_bad_input_is_told_with_its_place() {
    let large = vec![b'a'; 5_000_001];
    let deep = format!("{}x\n", "> ".repeat(70));
    let mut files: Vec<(&str, &[u8])> = vec![
        ("agents.md", b"---\nvisibility: staff\n---\n"),
        ("deep.md", deep.as_bytes()),
        ("duplicate-a.md", b"---\nslug: same\n---\n"),
        ("duplicate-b.md", b"---\ntitle: B\nslug: Same\n---\n"),
        ("duplicate-key.md", b"---\ntitle: B\ntitle: C\n---\n"),
        ("broken.md", b"---\ntitle: \"B\n---\n"),
        ("broken-toml.md", b"+++\ntitle = B\n+++\n"),
        ("due.md", b"---\nreview_by: 2026-11-20\n---\n"),
        ("not-due.md", b"---\nreview_by: 2026-11-21\n---\n"),
        ("euc-kr.md", b"# \xBA\xF1\xB9\xD0\xB9\xF8\xC8\xA3\n"),
        ("html.md", b"a\n\n<script>x</script>\n\n<video src=x></video>\n"),
        ("invalid.md", b"a\nb\xFF\n"),
        ("large.md", &large),
        ("links.md", b"[a](none.md)\n[b](not-due.md#none)\n[c](ftp://x)\n![d](none.png)\n![e](http://x/y.png)\n"),
        ("type.md", b"---\norder: first\n---\n"),
        ("unclosed.md", b"---\ntitle: x\n"),
        ("unknown.md", b"---\nweight: 1\nQuestion: x\n---\n"),
        ("unknown2.md", b"---\nweight: 1\n---\n"),
        ("utf-16.md", b"\xFF\xFEa\x00"),
        ("kb.toml", b"name = \"x\"\ncolour = 1\n"),
    ];
    files.push(("empty.md", b""));
    let (library, diagnostics) = read(folder(&files).path());
    insta::assert_snapshot!(diagnostics, @r#"
    kb.toml:2:1: error[unknown-config-key]: the key `colour` means nothing here
      help: Known keys: name, site_url, default_language, languages, desk, contact, accepted_wrong_answers, unanswerable_share, synonyms, suggestions, style, golden.
    agents.md:2:13: error[invalid-value]: `visibility` is neither `public` nor `agents`: `staff`
      help: Write `public` for everybody or `agents` for your own people.
    broken-toml.md:2:9: error[broken-front-matter]: front matter is not valid TOML: string values must be quoted, expected literal string
      help: Text needs quotes, and every key its own line: `title = "…"`.
    broken.md:2:8: error[broken-front-matter]: front matter is not valid YAML: while scanning a quoted scalar, found unexpected end of stream
      help: Check indentation and colons, and put text with `:` or `#` in it into quotes.
    deep.md:1:129: warning[deep-nesting]: blocks are nested more than 64 deep; what lies deeper was flattened
      help: Nest less: readers cannot follow so deep either.
    due.md:2:12: warning[review-due]: the article was to be reviewed by 2026-11-20
      help: Read it again, then set `updated` and a new `review_by`.
    duplicate-b.md:3:7: error[duplicate-slug]: the slug `Same` is taken by duplicate-a.md
      help: Give one of the two another `slug`; capital letters make no difference, and translations need their language in front (`ko/…`).
    duplicate-key.md:3:1: error[duplicate-key]: the key `title` stands twice
      help: Keep one of the two.
    euc-kr.md:1:3: error[invalid-utf8]: the file is EUC-KR (CP949), not UTF-8
      help: Save it as UTF-8 in your editor; it was written as EUC-KR (CP949).
    html.md:3:1: warning[dropped-html]: `<script>` was left out with its content
      help: Articles carry no code of their own; remove it.
    html.md:5:1: warning[dropped-html]: `<video>` was left out
      help: Embedded media is not shown; link to it instead.
    invalid.md:2:2: error[invalid-utf8]: the file is not valid UTF-8
      help: Save it as UTF-8 in your editor.
    large.md: error[too-large]: the article is larger than 5 MB
      help: Split it into several articles, or move data that nobody reads out of it.
    links.md:1:1: warning[dead-link]: the link leads nowhere: `none.md`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    links.md:2:1: warning[dead-anchor]: the article `not-due` has no section `#none`
      help: The link goes to the article's top.
    links.md:3:1: warning[unsafe-link]: links of the kind `ftp:` are not followed: `ftp://x`
      help: Use http, https, mailto or tel.
    links.md:4:1: warning[missing-image]: there is no picture `none.png`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    links.md:5:1: warning[remote-image]: the picture is not among the articles and is not loaded: http://x/y.png
      help: Save it beside the article: loading it would tell another server who reads what.
    type.md:2:8: error[wrong-type]: `order` must be a whole number, here it is text
      help: Write it as in `order: 10`.
    unclosed.md:1:1: error[unclosed-front-matter]: front matter begins with `---` but does not end
      help: End it with a line `---`. If a rule was meant, write `***`.
    unknown.md:2:1: warning[unknown-key]: the key `weight` is passed over (in 2 articles; this is the first)
      help: For the place in a list write `order`.
    unknown.md:3:1: warning[unknown-key]: the key `Question` is passed over
      help: Did you mean `questions`?
    utf-16.md:1:1: error[invalid-utf8]: the file is UTF-16, not UTF-8
      help: Save it as UTF-8 in your editor; it was written as UTF-16.
    "#);
    let slugs: Vec<&str> = library.articles.iter().map(|article| article.slug.as_str()).collect();
    assert_eq!(slugs, ["deep", "due", "empty", "html", "links", "not-due", "same", "unknown", "unknown2"]);
}

#[test]
fn an_empty_folder_is_told() {
    insta::assert_snapshot!(check(&[("picture.png", "")]), @r#"
    .: warning[no-articles]: there is no article in this folder
      help: Articles are files that end with `.md`.
    "#);
    let missing = Library::read(Path::new("/no/such/folder"), &Config::default(), ReadOptions::default());
    assert!(missing.unwrap_err().to_string().starts_with("cannot read the folder /no/such/folder"));
}

#[test]
fn the_same_folder_gives_the_same_library() {
    let files: Vec<(String, Vec<u8>)> = (0..200)
        .map(|i| {
            let text = format!("---\nkey{}: 1\n---\n# T{i}\n\n[x]({}.md) [y](n{}.md)\n", i % 7, (i * 7) % 200, i % 3);
            (format!("{}/{i}.md", ["en", "ko"][i % 2]), text.into_bytes())
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let first = read(folder(&files).path());
    let reversed: Vec<(&str, &[u8])> = files.into_iter().rev().collect();
    assert_eq!(first, read(folder(&reversed).path()));
}

#[test]
fn agents_articles_are_kept_apart() {
    let folder = folder(&[
        ("a.md", b"---\nvisibility: agents\naudience: everybody\n---\n"),
        ("b.md", b"---\naudience: agents\n---\n"),
    ]);
    let (library, _) = read(folder.path());
    let slugs = |library: Library| library.articles.into_iter().map(|article| article.slug).collect::<Vec<_>>();
    assert_eq!(slugs(library.public()), ["b"]);
    assert_eq!(slugs(library.agents()), ["a"]);
}
