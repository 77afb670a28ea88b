//! Articles as real nodes of a page.

use std::rc::Rc;

use answer_messages::{Alert, Align, Event, Image, Library, Listing, Node, Target};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::nodes;
use crate::{deeds::Deeds, setup::Setup, shell::Shell};

#[derive(Clone, PartialEq, Properties)]
struct ProbeProps {
    events: Vec<Event>,
}

#[component]
fn Probe(props: &ProbeProps) -> Html {
    let config = Object::new();
    let nothing = Function::new_no_args("");
    for (key, value) in [
        ("kb", JsValue::from("https://site.example/kb/")),
        ("worker", "worker.js".into()),
        ("module", nothing.into()),
        ("lang", "en".into()),
    ] {
        Reflect::set(&config, &key.into(), &value).unwrap();
    }
    let listing = Listing { slug: "account/reset".into(), url: "account/reset/".into(), ..Listing::default() };
    let library = Library { site_url: "/help/".into(), articles: vec![listing], ..Library::default() };
    let setup = Setup::read(&config).unwrap_or_else(|_| panic!("the configuration is complete"));
    let shell = Shell { setup: Rc::new(setup), library: Some(Rc::new(library)), desk: false, deeds: Deeds::default() };
    nodes(&props.events, &shell, Some("/help/here/")).into_iter().collect()
}

async fn check(events: Vec<Event>) -> String {
    let root = gloo::utils::document().create_element("div").unwrap();
    let app = yew::Renderer::<Probe>::with_root_and_props(root.clone(), ProbeProps { events }).render();
    let pause = Function::new_no_args("return new Promise((done) => setTimeout(done, 20))");
    let pause: js_sys::Promise = pause.call0(&JsValue::NULL).unwrap().unchecked_into();
    JsFuture::from(pause).await.unwrap();
    let html = root.inner_html();
    app.destroy();
    html
}

fn text(text: &str) -> Event {
    Event::Text(text.into())
}

fn around(node: Node, inside: &str) -> Vec<Event> {
    vec![Event::Open(node), text(inside), Event::Close]
}

#[wasm_bindgen_test]
async fn markup_of_a_writer_is_text() {
    let html = check(around(Node::Paragraph, "<img src=x onerror=alert(1)>")).await;
    assert_eq!(html, "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
}

#[wasm_bindgen_test]
async fn blocks() {
    let heading = Node::Heading { level: 2, id: "use-it".into() };
    assert_eq!(check(around(heading, "Use it")).await, r#"<h4 id="at-use-it" tabindex="-1">Use it</h4>"#);
    assert_eq!(check(around(Node::List(Some(3)), "")).await, r#"<ol start="3"></ol>"#);
    assert_eq!(
        check(around(Node::CodeBlock(None), "let x;\n")).await,
        "<div class=\"code\"><pre aria-label=\"Code\" dir=\"ltr\" role=\"group\" tabindex=\"0\">let x;\n</pre>\
            <button class=\"plain copy\" type=\"button\" value=\"Copied.\">Copy</button><span class=\"note\" role=\"status\"></span></div>"
    );
    assert_eq!(
        check(around(Node::Alert(Alert::Warning), "Hot")).await,
        r#"<div class="alert grave" role="note"><p class="kind" lang="en">Warning</p>Hot</div>"#
    );
    assert_eq!(
        check(vec![Event::Task(true), Event::LineBreak, Event::Rule]).await,
        r#"<span aria-label="done" class="task done" role="img"></span><br><hr>"#
    );
}

#[wasm_bindgen_test]
async fn tables_scroll_in_themselves() {
    let cell = Node::Cell { header: true, align: Align::End };
    let events = vec![Event::Open(Node::Table), Event::Open(Node::Row), Event::Open(cell), text("Price")];
    // What is left open is closed.
    assert_eq!(
        check(events).await,
        "<div aria-label=\"Table\" class=\"box\" role=\"group\" tabindex=\"0\"><table><tr>\
            <th class=\"end\" scope=\"col\">Price</th></tr></table></div>"
    );
}

#[wasm_bindgen_test]
async fn links() {
    let link = |target| check(around(Node::Link(target), "x"));
    let to = |section: &str| Target::Article { slug: "account/reset".into(), section: section.into() };
    assert_eq!(link(to("")).await, r#"<a dir="auto" href="/help/account/reset/">x</a>"#);
    assert_eq!(link(to("now")).await, r#"<a dir="auto" href="/help/account/reset/#now">x</a>"#);
    assert_eq!(link(Target::Section("now".into())).await, r#"<a dir="auto" href="/help/here/#now">x</a>"#);
    assert_eq!(
        link(Target::External("https://other.example/".into())).await,
        r#"<a href="https://other.example/" rel="noopener" target="_blank">x</a>"#
    );
    for bad in ["javascript:alert(1)", "data:text/html,x"] {
        assert_eq!(link(Target::External(bad.into())).await, "<span>x</span>", "{bad}");
    }
    assert_eq!(link(Target::Dead).await, "<span>x</span>");
    let gone = Target::Article { slug: "gone".into(), section: String::new() };
    assert_eq!(link(gone).await, r#"<button class="linked " dir="auto" type="button">x</button>"#);
}

#[wasm_bindgen_test]
async fn pictures_and_footnotes() {
    let image = |path: &str| Event::Image(Image { path: path.into(), alt: "The door".into(), size: Some((640, 480)) });
    assert_eq!(
        check(vec![image("media/a.png")]).await,
        "<img alt=\"The door\" height=\"480\" loading=\"lazy\" src=\"https://site.example/kb/media/a.png\" width=\"640\">"
    );
    assert_eq!(check(vec![image("")]).await, r#"<span class="missing">The door</span>"#);
    assert_eq!(
        check(vec![Event::FootnoteReference(1)]).await,
        r##"<sup><a aria-label="Footnote 1" dir="auto" href="/help/here/#footnote-1">1</a></sup>"##
    );
    assert_eq!(
        check(around(Node::Footnote(1), "Indeed")).await,
        r#"<div class="footnote" id="at-footnote-1" tabindex="-1"><sup>1</sup>Indeed</div>"#
    );
}

#[wasm_bindgen_test]
async fn unbalanced_events_cost_only_themselves() {
    let events =
        vec![Event::Close, text("a"), Event::Open(Node::Strong), text("b"), Event::Close, Event::Close, text("c")];
    assert_eq!(check(events).await, "a<strong>b</strong>c");
}
