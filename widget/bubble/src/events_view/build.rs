use answer_messages::{Alert, Align, Event, Image, Node, Target};
use yew::{prelude::*, virtual_dom::VNode};

use super::links::{anchor, section_link};
use crate::{
    address,
    components::article_link,
    shell::Shell,
    state::Place,
    text::{self, Lang},
};

/// Nodes from events. An event that does not fit (a `Close` too many, an `Open` too few) costs nothing but itself.
pub(crate) fn nodes(events: &[Event], shell: &Shell, page: Option<&str>) -> Html {
    let lang = shell.lang();
    let mut open: Vec<(&Node, Vec<Html>)> = Vec::new();
    let mut done: Vec<Html> = Vec::new();
    for event in events {
        let node: Html = match event {
            Event::Open(node) => {
                open.push((node, Vec::new()));
                continue;
            }
            Event::Close => match open.pop() {
                Some((node, children)) => element(node, children, shell, page),
                None => continue,
            },
            Event::Text(text) => html! { text.clone() },
            Event::Code(code) => html! { <code>{ code }</code> },
            Event::LineBreak => html! { <br /> },
            Event::Rule => html! { <hr /> },
            Event::Image(image) => picture(image, shell),
            Event::FootnoteReference(number) => {
                let label = text::footnote(lang, &number.to_string());
                let link = section_link(page, footnote(*number), Some(label), number.to_string().into());
                html! { <sup>{ link }</sup> }
            }
            Event::Task(done) => task(*done, lang),
        };
        open.last_mut().map_or(&mut done, |(_, children)| children).push(node);
    }
    while let Some((node, children)) = open.pop() {
        let node = element(node, children, shell, page);
        open.last_mut().map_or(&mut done, |(_, children)| children).push(node);
    }
    VNode::from_iter(done)
}

fn footnote(number: u32) -> String {
    ["footnote-", &number.to_string()].concat()
}

fn task(done: bool, lang: Lang) -> Html {
    let (class, label) = if done { ("task done", text::done(lang)) } else { ("task", text::not_done(lang)) };
    html! { <span {class} role="img" aria-label={label}></span> }
}

fn picture(image: &Image, shell: &Shell) -> Html {
    if image.path.is_empty() {
        return html! { <span class="missing">{ &image.alt }</span> };
    }
    let src = [&shell.setup.kb, image.path.trim_start_matches('/')].concat();
    let (width, height) = image.size.unzip();
    html! {
        <img
            {src}
            alt={image.alt.clone()}
            width={width.map(|width| width.to_string())}
            height={height.map(|height| height.to_string())}
            loading="lazy"
            decoding="async"
        />
    }
}

fn element(node: &Node, children: Vec<Html>, shell: &Shell, page: Option<&str>) -> Html {
    let lang = shell.lang();
    let inside = VNode::from_iter(children);
    match node {
        Node::Paragraph => html! { <p>{ inside }</p> },
        Node::Heading { level, id } => {
            let (id, tabindex) = (anchor(id), "-1");
            // The panel's name is the second level, the article's title the third.
            match level {
                0..=2 => html! { <h4 {id} {tabindex}>{ inside }</h4> },
                3 => html! { <h5 {id} {tabindex}>{ inside }</h5> },
                _ => html! { <h6 {id} {tabindex}>{ inside }</h6> },
            }
        }
        Node::Quote => html! { <blockquote>{ inside }</blockquote> },
        Node::Alert(kind) => {
            let (class, label) = alert(*kind, lang);
            html! {
                <div class={classes!("alert", class)} role="note">
                    <p class="kind" lang={lang.tag()}>{ label }</p>
                    { inside }
                </div>
            }
        }
        Node::List(None) => html! { <ul>{ inside }</ul> },
        Node::List(Some(first)) => html! { <ol start={first.to_string()}>{ inside }</ol> },
        Node::Item => html! { <li>{ inside }</li> },
        Node::CodeBlock(_) => html! {
            <pre tabindex="0" role="group" aria-label={text::code(lang)} dir="ltr"><code>{ inside }</code></pre>
        },
        Node::Table => html! {
            <div class="box" tabindex="0" role="group" aria-label={text::table(lang)}>
                <table><tbody>{ inside }</tbody></table>
            </div>
        },
        Node::Row => html! { <tr>{ inside }</tr> },
        Node::Cell { header, align } => {
            let class = match align {
                Align::Start => None,
                Align::Center => Some("center"),
                Align::End => Some("end"),
            };
            if *header {
                html! { <th scope="col" {class}>{ inside }</th> }
            } else {
                html! { <td {class}>{ inside }</td> }
            }
        }
        Node::Emphasis => html! { <em>{ inside }</em> },
        Node::Strong => html! { <strong>{ inside }</strong> },
        Node::Strikethrough => html! { <s>{ inside }</s> },
        Node::Subscript => html! { <sub>{ inside }</sub> },
        Node::Superscript => html! { <sup>{ inside }</sup> },
        Node::Keyboard => html! { <kbd>{ inside }</kbd> },
        Node::Details => html! { <details>{ inside }</details> },
        Node::Summary => html! { <summary>{ inside }</summary> },
        Node::Footnote(number) => html! {
            <div class="footnote" id={anchor(&footnote(*number))} tabindex="-1"><sup>{ *number }</sup>{ inside }</div>
        },
        Node::Link(target) => link(target, inside, shell, page),
    }
}

fn link(target: &Target, inside: Html, shell: &Shell, page: Option<&str>) -> Html {
    match target {
        Target::Article { slug, section } => article_link(shell, Place::new(slug, section), "", inside),
        Target::Section(section) => section_link(page, section.clone(), None, inside),
        Target::External(href) if address::allowed(href) => {
            html! { <a href={href.clone()} target="_blank" rel="noopener" class="away">{ inside }</a> }
        }
        Target::External(_) | Target::Dead => inside,
    }
}

fn alert(kind: Alert, lang: Lang) -> (&'static str, &'static str) {
    match kind {
        Alert::Note => ("calm", text::note(lang)),
        Alert::Tip => ("calm", text::tip(lang)),
        Alert::Important => ("calm", text::important(lang)),
        Alert::Warning => ("grave", text::warning(lang)),
        Alert::Caution => ("grave", text::caution(lang)),
    }
}
