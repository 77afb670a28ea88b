use std::{cell::RefCell, rc::Rc};

use answer_messages::{Decision, Question};
use search_client::SearchError;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, ShadowRoot};
use yew::prelude::*;

use crate::{
    components::{ArticleView, Browse, Conversation, Header, Person},
    composer::{Composer, normalized},
    history::{self, History},
    remote::{Command, Remote},
    setup::Setup,
    shell::Shell,
    state::{Action, Place, Search, State, View},
    storage, text,
    viewport::{coarse_pointer, use_narrow, use_visible_area},
};

/// Hits asked for: three to choose from, or one and two others.
const HITS: u32 = 4;

/// What the panel is made of.
#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    /// What the loader said.
    pub(crate) setup: Rc<Setup>,
    /// The loader's line.
    pub(crate) remote: Remote,
}

/// Where the focus is to go, and where it came from.
#[derive(Default)]
struct Focus {
    /// Into the box as soon as the panel shows.
    wanted: bool,
    /// It was in the panel when that was closed.
    was_inside: bool,
    /// What had it when each view was opened.
    openers: Vec<Option<HtmlElement>>,
    /// What gets it back when a view has gone.
    back: Option<HtmlElement>,
}

/// The panel.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let setup = props.setup.clone();
    let state = use_reducer({
        let setup = setup.clone();
        move || restored(&setup)
    });
    let panel = use_node_ref();
    let area = use_node_ref();
    let focus = use_mut_ref(Focus::default);
    let was_open = use_mut_ref(bool::default);
    let asked = use_mut_ref(Vec::<u32>::new);
    let narrow = use_narrow();
    use_visible_area(panel.clone());

    let act = use_callback((), {
        let (dispatcher, focus) = (state.dispatcher(), focus.clone());
        let (panel, area) = (panel.clone(), area.clone());
        move |action: Action, ()| {
            focus.borrow_mut().follow(&action, &panel, &area);
            dispatcher.dispatch(action);
        }
    });

    use_effect_with((), {
        let (act, area, focus, remote) = (act.clone(), area.clone(), focus.clone(), props.remote.clone());
        move |()| {
            remote.listen(Callback::from(move |command| match command {
                Command::Open { question, article, quiet } => {
                    if !quiet {
                        focus.borrow_mut().wanted = true;
                    }
                    act.emit(Action::Open);
                    if let Some(question) = question.and_then(|text| normalized(&text)) {
                        act.emit(Action::Ask(question, js_sys::Date::now()));
                    }
                    if let Some(slug) = article {
                        act.emit(Action::Read(Place::new(&slug, "")));
                    }
                    // Drawn already, the box gets the focus at once; else as soon as it shows.
                    give(&area, &focus);
                }
                Command::Close => act.emit(Action::Close),
            }));
        }
    });
    use_effect_with(state.open, {
        let (setup, focus, area) = (setup.clone(), focus.clone(), area.clone());
        let (act, search) = (act.clone(), state.search.clone());
        move |open| {
            if *open {
                storage::mark_open(true);
                give(&area, &focus);
                if matches!(search, Search::Idle | Search::Failed) {
                    open_search(&setup, &act);
                }
            } else if *was_open.borrow() {
                storage::mark_open(false);
                setup.closed(focus.borrow().was_inside);
            }
            *was_open.borrow_mut() = *open;
        }
    });
    use_effect_with((state.search.clone(), state.waiting()), {
        let (setup, act) = (setup.clone(), act.clone());
        move |(search, waiting): &(Search, Vec<(u32, String)>)| match search {
            Search::Ready(_) => {
                asked.borrow_mut().retain(|id| waiting.iter().any(|(waits, _)| waits == id));
                for (id, question) in waiting {
                    if !asked.borrow().contains(id) {
                        asked.borrow_mut().push(*id);
                        ask(&setup, &act, *id, question);
                    }
                }
            }
            // The network may be back.
            Search::Failed if !waiting.is_empty() => open_search(&setup, &act),
            _ => {}
        }
    });
    use_effect_with(state.revision, {
        let (setup, state) = (setup.clone(), state.clone());
        move |revision| {
            if *revision > 0 {
                keep(&setup, &History::of(&state));
            }
        }
    });
    use_effect_with((state.trail.len(), state.items.len()), {
        let focus = focus.clone();
        move |_| {
            let back = focus.borrow_mut().back.take();
            if let Some(back) = back {
                let _ = back.focus();
            }
        }
    });

    let shell = Shell { setup: setup.clone(), library: state.library().cloned(), act: act.clone() };
    let onkeydown = {
        let (act, panel) = (act.clone(), panel.clone());
        move |event: KeyboardEvent| key(&event, &act, &panel, narrow)
    };
    let onask = use_callback(act.clone(), |text, act| act.emit(Action::Ask(text, js_sys::Date::now())));
    let top = state.trail.len();
    html! {
        <ContextProvider<Shell> context={shell}>
            <div
                class="panel"
                role="dialog"
                aria-label={text::panel(setup.lang)}
                aria-modal={narrow.then_some("true")}
                lang={setup.lang.tag()}
                hidden={!state.open}
                tabindex="-1"
                ref={panel}
                {onkeydown}
            >
                <Header browsing={state.trail.last() == Some(&View::Browse)} />
                <div class="views">
                    <Conversation state={state.clone()} away={top > 0} />
                    { for state.trail.iter().enumerate().map(|(depth, view)| {
                        let away = depth + 1 < top;
                        match view {
                            View::Browse => html! { <Browse key="browse" {away} /> },
                            View::Article(place) => {
                                let key = format!("{depth} {}", place.article);
                                html! { <ArticleView {key} place={place.clone()} {away} /> }
                            }
                        }
                    }) }
                </div>
                <Person />
                <Composer lang={setup.lang} {area} {onask} />
            </div>
        </ContextProvider<Shell>>
    }
}

impl Focus {
    /// Before an action: what has the focus now may be about to go.
    fn follow(&mut self, action: &Action, panel: &NodeRef, area: &NodeRef) {
        let now = focused(panel);
        match action {
            Action::Close => self.was_inside = now.is_some(),
            Action::Read(_) => self.openers.push(now),
            Action::Browse => self.openers = vec![now],
            Action::Back => self.back = self.openers.pop().flatten().or_else(|| panel.cast()),
            Action::Ask(..) | Action::Again(_) | Action::Clear => {
                self.openers.clear();
                if now.is_some() {
                    // The box would call a phone's keyboard up.
                    self.back = if coarse_pointer() { panel.cast() } else { area.cast() };
                }
            }
            _ => {}
        }
    }
}

/// What in the panel has the focus.
fn focused(panel: &NodeRef) -> Option<HtmlElement> {
    let root: ShadowRoot = panel.get()?.get_root_node().dyn_into().ok()?;
    root.active_element()?.dyn_into().ok()
}

/// Gives the text box the focus where that is wanted and possible.
fn give(area: &NodeRef, focus: &Rc<RefCell<Focus>>) {
    let area = area.cast::<HtmlElement>();
    // A box in a hidden panel has no box on the screen and cannot take it yet.
    if let Some(area) = area.filter(|area| focus.borrow().wanted && area.offset_height() > 0) {
        focus.borrow_mut().wanted = false;
        let _ = area.focus();
    }
}

fn restored(setup: &Setup) -> State {
    let key = history::key(&setup.kb);
    match storage::load::<History>(&key).map(|kept| kept.fresh(js_sys::Date::now())) {
        Some(Some(history)) => {
            // What has grown too old goes from the store too.
            storage::save(&key, &history);
            State::restored(history.items, history.trail)
        }
        Some(None) => {
            storage::remove(&key);
            State::default()
        }
        None => State::default(),
    }
}

fn keep(setup: &Setup, history: &History) {
    let key = history::key(&setup.kb);
    if history.is_empty() {
        storage::remove(&key);
    } else {
        storage::save(&key, history);
    }
}

fn open_search(setup: &Rc<Setup>, act: &Callback<Action>) {
    act.emit(Action::Opening);
    let (setup, act) = (setup.clone(), act.clone());
    spawn_local(async move {
        match setup.client.open().await {
            Ok(library) => {
                if setup.person(Some(&library)).is_none() {
                    web_sys::console::warn_1(&"porchlight: neither `data-contact` nor `contact` in kb.toml is set: visitors cannot reach a person".into());
                }
                act.emit(Action::Opened(Rc::new(library)));
            }
            Err(error) => {
                failed(&setup, "open", &error);
                act.emit(Action::OpeningFailed(js_sys::Date::now()));
            }
        }
    });
}

fn ask(setup: &Rc<Setup>, act: &Callback<Action>, id: u32, question: &str) {
    let (setup, act) = (setup.clone(), act.clone());
    let question = Question { text: question.to_owned(), lang: setup.tag.clone(), limit: HITS };
    spawn_local(async move {
        match setup.client.ask(question).await {
            Ok((reply, _)) => {
                let decision = match reply.decision {
                    Decision::Answer => "answer",
                    Decision::Choose => "choose",
                    Decision::HandOff => "hand_off",
                };
                act.emit(Action::Answered(id, reply, js_sys::Date::now()));
                setup.emit("answer", &[("decision", decision)]);
            }
            Err(error) => {
                failed(&setup, "ask", &error);
                act.emit(Action::NotAnswered(id, js_sys::Date::now()));
            }
        }
    });
}

/// Tells the page and the console that the search failed; never what was asked.
pub(crate) fn failed(setup: &Setup, during: &str, error: &SearchError) {
    let kind = match error {
        SearchError::Failed(failure) => match failure.kind {
            answer_messages::wire::FailureKind::Unreachable => "unreachable",
            answer_messages::wire::FailureKind::Damaged => "damaged",
            answer_messages::wire::FailureKind::NotFound => "not_found",
            answer_messages::wire::FailureKind::Misused => "misused",
        },
        SearchError::Unavailable(_) => "unavailable",
    };
    web_sys::console::warn_1(&["porchlight: ", &error.to_string()].concat().into());
    setup.emit("error", &[("during", during), ("kind", kind)]);
}

fn key(event: &KeyboardEvent, act: &Callback<Action>, panel: &NodeRef, narrow: bool) {
    // 229: the key belongs to an input method.
    if event.is_composing() || event.key_code() == 229 {
        return;
    }
    match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            act.emit(Action::Close);
        }
        "Tab" if narrow => wrap(event, panel),
        _ => {}
    }
}

/// While the panel is the whole screen, Tab goes round in it: what lies behind cannot be seen.
fn wrap(event: &KeyboardEvent, panel: &NodeRef) {
    const STOPS: &str = "a[href], button, textarea, summary, [tabindex='0']";
    let Some(all) = panel.cast::<HtmlElement>().and_then(|panel| panel.query_selector_all(STOPS).ok()) else {
        return;
    };
    let visible = |element: &HtmlElement| element.closest("[data-away]").is_ok_and(|away| away.is_none());
    let mut stops = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok()).filter(visible);
    let Some(first) = stops.next() else {
        return;
    };
    let last = stops.last().unwrap_or_else(|| first.clone());
    let (edge, other) = if event.shift_key() { (first, last) } else { (last, first) };
    if focused(panel) == Some(edge) {
        event.prevent_default();
        let _ = other.focus();
    }
}
