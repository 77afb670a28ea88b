use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    components::{ArticleView, browse, conversation, header, person_row, show_latest, use_slow},
    composer::{composer, normalized, wire},
    focus::{Focus, focused, wrap},
    history::{self, History},
    remote::{Command, Remote},
    search,
    setup::Setup,
    shell::Shell,
    state::{Action, Place, Search, State, View},
    storage, text, viewport,
};

/// What the panel is made of.
#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    /// What the loader said.
    pub(crate) setup: Rc<Setup>,
    /// The loader's line.
    pub(crate) remote: Remote,
}

/// What the panel remembers besides its state: nothing of it is drawn.
#[derive(Default)]
struct Memory {
    /// Questions handed to the engine.
    asked: Vec<u32>,
    /// Whether the panel was open.
    open: bool,
    /// How many views lay over the conversation.
    depth: usize,
    /// How many entries the conversation had.
    items: usize,
    /// What was last kept.
    revision: u32,
    focus: Focus,
}

/// The elements that are more than drawn.
#[derive(Clone, Default)]
pub(crate) struct Nodes {
    /// The panel itself.
    pub(crate) panel: NodeRef,
    /// What scrolls the conversation.
    pub(crate) scroller: NodeRef,
    /// The composer.
    pub(crate) form: NodeRef,
    /// Its text box.
    pub(crate) area: NodeRef,
}

/// The panel.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let setup = props.setup.clone();
    let state = use_reducer({
        let setup = setup.clone();
        move || restored(&setup)
    });
    let fixed = use_mut_ref(|| (Nodes::default(), Rc::new(RefCell::new(Memory::default()))));
    let (nodes, memory) = fixed.borrow().clone();
    let waiting = state.waiting();
    let slow = use_slow(!waiting.is_empty());

    let act = use_callback((), {
        let (dispatcher, memory, nodes) = (state.dispatcher(), memory.clone(), nodes.clone());
        move |action: Action, ()| {
            memory.borrow_mut().focus.follow(&action, &nodes);
            dispatcher.dispatch(action);
        }
    });

    use_effect_with((), {
        let (act, nodes, memory, remote) = (act.clone(), nodes.clone(), memory.clone(), props.remote.clone());
        move |()| {
            let listening = live(&nodes, &act);
            remote.listen(Callback::from(move |command| obey(command, &act, &nodes, &memory)));
            move || drop(listening)
        }
    });
    use_effect({
        let (setup, act, memory, state) = (setup.clone(), act.clone(), memory.clone(), state.clone());
        let nodes = nodes.clone();
        move || {
            look_up(&setup, &act, &state, &memory, &waiting);
            settle(&setup, &state, &nodes, &memory);
        }
    });

    let shell = Shell { setup: setup.clone(), library: state.library().cloned(), act: act.clone() };
    let onkeydown = {
        let panel = nodes.panel.clone();
        Callback::from(move |event: KeyboardEvent| key(&event, &act, &panel))
    };
    let top = state.trail.len();
    let lang = setup.lang;
    html! {
        <div
            class="panel"
            role="dialog"
            aria-label={text::panel(lang)}
            lang={lang.tag()}
            hidden={!state.open}
            tabindex="-1"
            ref={&nodes.panel}
            {onkeydown}
        >
            { header(&shell, state.trail.last() == Some(&View::Browse)) }
            <div class="views">
                { conversation(&shell, &state, slow, &nodes.scroller) }
                { for state.trail.iter().enumerate().map(|(depth, view)| {
                    let away = depth + 1 < top;
                    match view {
                        View::Browse => browse(&shell, away),
                        View::Article(place) => {
                            let key = [&depth.to_string(), " ", &place.article].concat();
                            html! { <ArticleView {key} shell={shell.clone()} place={place.clone()} {away} /> }
                        }
                    }
                }) }
            </div>
            { person_row(&shell) }
            { composer(lang, &nodes.form, &nodes.area) }
        </div>
    }
}

/// Brings the box to life and keeps the panel at what is visible, until the listeners are dropped.
fn live(nodes: &Nodes, act: &Callback<Action>) -> Vec<EventListener> {
    let panel = nodes.panel.cast::<HtmlElement>();
    let mut listeners = panel.map(viewport::follow).unwrap_or_default();
    if let (Some(area), Some(form)) = (nodes.area.cast(), nodes.form.cast()) {
        listeners.extend(wire(&area, &form, act.clone()));
    }
    listeners
}

fn obey(command: Command, act: &Callback<Action>, nodes: &Nodes, memory: &RefCell<Memory>) {
    match command {
        Command::Open { question, article, quiet } => {
            if !quiet {
                memory.borrow_mut().focus.want();
            }
            act.emit(Action::Open);
            if let Some(question) = question.and_then(|text| normalized(&text)) {
                act.emit(Action::Ask(question, js_sys::Date::now()));
            }
            if let Some(slug) = article {
                act.emit(Action::Read(Place::new(&slug, "")));
            }
            // Drawn already, the box gets the focus at once; else as soon as the panel shows.
            memory.borrow_mut().focus.give(&nodes.area);
        }
        Command::Close => act.emit(Action::Close),
    }
}

/// Opens the bundle where that is due, and hands over each waiting question once.
fn look_up(
    setup: &Rc<Setup>,
    act: &Callback<Action>,
    state: &State,
    memory: &RefCell<Memory>,
    waiting: &[(u32, String)],
) {
    let opens = state.open && !memory.borrow().open;
    match state.search {
        Search::Idle if state.open => search::open(setup, act),
        // The network may be back.
        Search::Failed if opens || !waiting.is_empty() => search::open(setup, act),
        Search::Ready(_) => {
            memory.borrow_mut().asked.retain(|id| waiting.iter().any(|(waits, _)| waits == id));
            for (id, question) in waiting {
                if !memory.borrow().asked.contains(id) {
                    memory.borrow_mut().asked.push(*id);
                    search::ask(setup, act, *id, question);
                }
            }
        }
        _ => {}
    }
}

/// After drawing: scrolls, moves the focus, tells the loader and the store.
fn settle(setup: &Setup, state: &State, nodes: &Nodes, memory: &RefCell<Memory>) {
    let mut memory = memory.borrow_mut();
    if (state.open, state.items.len()) != (memory.open, memory.items)
        && let Some(scroller) = nodes.scroller.cast::<HtmlElement>()
    {
        show_latest(&scroller);
    }
    let deeper = state.trail.len() > memory.depth;
    memory.focus.settle(nodes, deeper);
    if state.revision > memory.revision {
        keep(setup, &History::of(state));
    }
    let was_open = memory.open;
    memory.open = state.open;
    memory.depth = state.trail.len();
    memory.items = state.items.len();
    memory.revision = state.revision;
    if state.open != was_open {
        storage::mark_open(state.open);
        if was_open {
            let had_focus = memory.focus.was_inside();
            // The loader may call back.
            drop(memory);
            setup.closed(had_focus);
        }
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

fn key(event: &KeyboardEvent, act: &Callback<Action>, panel: &NodeRef) {
    // 229: the key belongs to an input method.
    if event.is_composing() || event.key_code() == 229 {
        return;
    }
    match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            act.emit(Action::Close);
        }
        "Tab" if viewport::narrow() && focused(panel).is_some() => wrap(event, panel),
        _ => {}
    }
}
