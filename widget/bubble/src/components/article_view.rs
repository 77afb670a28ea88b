use std::rc::Rc;

use answer_messages::Article;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{
    links::{button, page_link},
    person::contact,
};
use crate::{
    events_view::{headings, nodes, scroll_to, section_link},
    search::failed,
    shell::Shell,
    state::{Action, Place},
    text,
};

/// Headings above which there is a list of contents.
const CONTENTS_ABOVE: usize = 3;

/// What an article's view needs.
#[derive(PartialEq, Properties)]
pub(crate) struct ArticleViewProps {
    /// The shell.
    pub(crate) shell: Shell,
    /// Which article, and where in it.
    pub(crate) place: Place,
    /// Whether another view lies over it.
    pub(crate) away: bool,
}

#[derive(Clone)]
enum Fetched {
    Waiting,
    Here(Rc<Article>),
    Missing,
}

/// An article, read in the panel.
#[component]
pub(crate) fn ArticleView(props: &ArticleViewProps) -> Html {
    let ArticleViewProps { shell, place, away } = props;
    let lang = shell.lang();
    let view = use_node_ref();
    let fetched = use_state(|| Fetched::Waiting);
    use_effect_with((), {
        let (setup, fetched, slug) = (shell.setup.clone(), fetched.setter(), place.article.clone());
        move |()| {
            spawn_local(async move {
                fetched.set(match setup.client.article(&slug).await {
                    Ok(article) => Fetched::Here(Rc::new(article)),
                    Err(error) => {
                        failed(&setup, "article", &error);
                        Fetched::Missing
                    }
                });
            });
        }
    });
    use_effect_with((matches!(*fetched, Fetched::Here(_)), place.section.clone()), {
        let view = view.clone();
        move |(here, section)| {
            if let Some(view) = view.cast::<HtmlElement>().filter(|_| *here && !section.is_empty()) {
                scroll_to(&view, section);
            }
        }
    });
    let inside = match &*fetched {
        Fetched::Waiting => html! { <p class="note">{ text::loading(lang) }</p> },
        Fetched::Here(article) => read(shell, article),
        Fetched::Missing => missing(shell, &place.article),
    };
    let label = shell.listing(&place.article).map(|listing| listing.title.clone());
    html! {
        <div
            class="view"
            data-away={away.then_some("")}
            tabindex="-1"
            role="region"
            aria-label={label.unwrap_or_else(|| text::read(lang).to_owned())}
            ref={view}
        >
            { button("plain back", text::back(lang), shell.does(Action::Back)) }
            { inside }
        </div>
    }
}

fn read(shell: &Shell, article: &Article) -> Html {
    let lang = shell.lang();
    let page = shell.page(&article.url);
    let contents = headings(&article.events);
    html! {
        <article lang={article.lang.clone()} dir="auto">
            <h3>{ article.title.clone() }</h3>
            if let Some(day) = &article.updated {
                <p class="note" lang={lang.tag()}>{ text::updated(lang, &text::date(lang, day)) }</p>
            }
            if contents.len() > CONTENTS_ABOVE {
                <nav class="contents" aria-label={text::contents(lang)}>
                    <ul>
                        { for contents.into_iter().map(|(id, title)| html! {
                            <li>{ section_link(page.as_deref(), id, None, title.into()) }</li>
                        }) }
                    </ul>
                </nav>
            }
            <div class="prose">{ nodes(&article.events, shell, page.as_deref()) }</div>
        </article>
    }
}

fn missing(shell: &Shell, slug: &str) -> Html {
    let lang = shell.lang();
    let page = shell.page_of(slug).or_else(|| shell.site());
    html! {
        <div class="card" role="alert">
            <p>{ text::article_missing(lang) }</p>
            <div class="row">
                { page.map(|page| page_link("", page, lang.tag(), text::article_page(lang))).unwrap_or_default() }
                { contact(shell).unwrap_or_default() }
            </div>
        </div>
    }
}
