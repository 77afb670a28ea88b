use std::rc::Rc;

use answer_messages::Article;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{
    browse::{BackButton, use_arrival},
    person::ContactLink,
};
use crate::{
    app::failed,
    events_view::{Body, Headings, SectionLink, headings, scroll_to},
    shell::use_shell,
    state::Place,
    text,
};

/// Headings above which there is a list of contents.
const CONTENTS_ABOVE: usize = 3;

/// What an article's view needs.
#[derive(PartialEq, Properties)]
pub(crate) struct ArticleViewProps {
    /// Which article, and where in it.
    pub(crate) place: Place,
    /// Whether another view lies over it.
    pub(crate) away: bool,
}

#[derive(Clone, PartialEq)]
enum Fetched {
    Waiting,
    Here(Rc<Article>),
    Missing,
}

/// An article, read in the panel.
#[component]
pub(crate) fn ArticleView(props: &ArticleViewProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let view = use_node_ref();
    let fetched = use_state_eq(|| Fetched::Waiting);
    use_effect_with(props.place.article.clone(), {
        let (setup, fetched) = (shell.setup.clone(), fetched.setter());
        move |slug: &String| {
            let slug = slug.clone();
            fetched.set(Fetched::Waiting);
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
    use_effect_with((matches!(*fetched, Fetched::Here(_)), props.place.section.clone()), {
        let view = view.clone();
        move |(here, section)| {
            if let Some(view) = view.cast::<HtmlElement>().filter(|_| *here && !section.is_empty()) {
                scroll_to(&view, section);
            }
        }
    });
    let page = shell.page_of(&props.place.article);
    html! {
        <div class="view article" data-away={props.away.then_some("")} ref={view}>
            <BackButton />
            { match &*fetched {
                Fetched::Waiting => html! { <p class="note">{ text::loading(lang) }</p> },
                Fetched::Here(article) => html! { <Read article={article.clone()} /> },
                Fetched::Missing => html! {
                    <div class="card" role="alert">
                        <p>{ text::article_missing(lang) }</p>
                        <p class="row">
                            if let Some(page) = page {
                                <a href={page} target="_blank" rel="noopener">{ text::article_page(lang) }</a>
                            }
                            if let Some(address) = shell.person() {
                                <ContactLink {address} />
                            }
                        </p>
                    </div>
                },
            } }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ReadProps {
    article: Rc<Article>,
}

#[component]
fn Read(props: &ReadProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let article = &props.article;
    let title = use_arrival();
    let page = shell.page(&article.url);
    let contents: Headings = headings(&article.events);
    html! {
        <article lang={article.lang.clone()} dir="auto">
            <h3 tabindex="-1" ref={title}>{ &article.title }</h3>
            if let Some(day) = &article.updated {
                <p class="note" lang={lang.tag()}>{ text::updated(lang, &text::date(lang, day)) }</p>
            }
            if contents.len() > CONTENTS_ABOVE {
                <nav class="contents" aria-label={text::contents(lang)}>
                    <ul>
                        { for contents.into_iter().map(|(_, id, title)| html! {
                            <li><SectionLink page={page.clone()} section={id}>{ title }</SectionLink></li>
                        }) }
                    </ul>
                </nav>
            }
            <Body article={article.clone()} {page} />
        </article>
    }
}
