use std::{cell::RefCell, rc::Rc};

use composer::{normalized, wire};
use gloo::{events::EventListener, timers::callback::Timeout};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    components::{article_view, browse, composer, conversation, header, person_row, show_latest},
    events_view::scroll_to,
    focus::{Focus, focused, wrap},
    history::{self, History, Kept},
    node::el,
    remote::{Command, Remote},
    search,
    setup::Setup,
    shell::Shell,
    state::{Action, Fetched, Place, Search, State, View},
    storage, text, viewport,
};

/// How long a search may take before the panel says that it is searching.
const PATIENCE_MS: u32 = 300;

/// What the panel is made of.
#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    /// What the loader said.
    pub(crate) setup: Rc<Setup>,
    /// The loader's line.
    pub(crate) remote: Remote,
}

/// The elements that are more than drawn.
#[derive(Clone, Default)]
pub(crate) struct Nodes {
    /// The panel itself.
    pub(crate) panel: NodeRef,
    /// What scrolls the conversation.
    pub(crate) scroller: NodeRef,
    /// The view that lies on top.
    pub(crate) top: NodeRef,
    /// The composer.
    pub(crate) form: NodeRef,
    /// Its text box.
    pub(crate) area: NodeRef,
}

/// The panel. It is the only component: each costs three kilobytes and more of download, hooks as much again, and
/// there is one state for all anyway.
pub(crate) struct App {
    setup: Rc<Setup>,
    state: State,
    act: Callback<Action>,
    nodes: Nodes,
    /// Shared with the loader's line, which may speak while the panel is busy.
    focus: Rc<RefCell<Focus>>,
    before: Before,
    slow: Option<Timeout>,
    listening: Vec<EventListener>,
}

/// How things stood after the last drawing.
#[derive(Default)]
struct Before {
    open: bool,
    depth: usize,
    items: usize,
    revision: u32,
    /// Views that were scrolled to their section.
    placed: usize,
    /// Questions handed to the engine.
    asked: Vec<u32>,
}

impl Component for App {
    type Message = Action;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let setup = &ctx.props().setup;
        let state = restored(setup);
        Self {
            setup: match &state.spoken {
                Some((_, chosen)) => Rc::new(setup.speaking(chosen)),
                None => setup.clone(),
            },
            state,
            act: ctx.link().callback(|action| action),
            nodes: Nodes::default(),
            focus: Rc::default(),
            before: Before::default(),
            slow: None,
            listening: Vec::new(),
        }
    }

    fn update(&mut self, _: &Context<Self>, action: Action) -> bool {
        self.focus.borrow_mut().follow(&action, &self.nodes);
        if let Action::Speak(_, chosen) = &action {
            let new = Rc::new(self.setup.speaking(chosen));
            std::mem::replace(&mut self.setup, new).retire();
        }
        self.state.apply(action);
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let setup = &self.setup;
        let (state, nodes, lang) = (&self.state, &self.nodes, setup.lang);
        let shell = Shell { setup: setup.clone(), library: state.library().cloned(), act: self.act.clone() };
        let onkeydown = {
            let (act, panel) = (self.act.clone(), nodes.panel.clone());
            Callback::from(move |event: KeyboardEvent| key(&event, &act, &panel))
        };
        let mut views = el("div", "views").add(conversation(&shell, state, &nodes.scroller));
        for (depth, view) in (1..).zip(&state.trail) {
            let top = (depth == state.trail.len()).then_some(&nodes.top);
            let key = depth.to_string();
            views = views.add(match view {
                View::Browse => browse(&shell, &key, top),
                View::Article(place) => article_view(&shell, &key, place, state.article(&place.article), top),
            });
        }
        el("div", "panel")
            .with("role", "dialog")
            .with("aria-label", text::panel(lang))
            .with("lang", lang.tag())
            .with("tabindex", "-1")
            .with_some("hidden", (!state.open).then_some(""))
            .known(&nodes.panel)
            .on_key(onkeydown)
            .add(header(&shell, state.trail.last() == Some(&View::Browse)))
            .child(views)
            .add(person_row(&shell))
            .add(composer(lang, &nodes.form, &nodes.area))
            .done()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.live(&ctx.props().remote);
        }
        self.look_up();
        self.settle();
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.setup.retire();
    }
}

impl App {
    /// Brings the box to life, keeps the panel at what is visible, and listens to the loader.
    fn live(&mut self, remote: &Remote) {
        let nodes = &self.nodes;
        if let Some(panel) = nodes.panel.cast::<HtmlElement>() {
            self.listening = viewport::follow(panel);
        }
        if let (Some(area), Some(form)) = (nodes.area.cast(), nodes.form.cast()) {
            let ask = self.act.reform(|question| Action::Ask(question, js_sys::Date::now()));
            self.listening.extend(wire(&area, &form, ask));
        }
        let (act, area, focus) = (self.act.clone(), nodes.area.clone(), self.focus.clone());
        remote.listen(Callback::from(move |command| match command {
            Command::Open { question, article, quiet } => {
                if !quiet {
                    focus.borrow_mut().want();
                }
                act.emit(Action::Open);
                if let Some(question) = question.and_then(|text| normalized(&text)) {
                    act.emit(Action::Ask(question, js_sys::Date::now()));
                }
                if let Some(slug) = article {
                    act.emit(Action::Read(Place::new(&slug, "")));
                }
                // Open already, the panel gives the box the focus at once; else as soon as it shows.
                focus.borrow_mut().give(&area);
            }
            Command::Close => act.emit(Action::Close),
        }));
    }

    /// Opens the bundle where that is due, and hands over each waiting question and wished article once.
    fn look_up(&mut self) {
        let (setup, state, before, act) = (&self.setup, &self.state, &mut self.before, &self.act);
        let waiting = state.waiting();
        before.asked.retain(|id| waiting.iter().any(|(waits, _)| waits == id));
        match state.search {
            Search::Idle if state.open => search::open(setup, act),
            // The network may be back.
            Search::Failed if (state.open && !before.open) || !waiting.is_empty() => search::open(setup, act),
            Search::Ready(_) => {
                for (id, question) in &waiting {
                    if !before.asked.contains(id) {
                        before.asked.push(*id);
                        search::ask(setup, act, *id, question);
                    }
                }
            }
            _ => {}
        }
        if let Some(View::Article(place)) = state.trail.last()
            && matches!(state.search, Search::Ready(_) | Search::Failed)
            && state.article(&place.article).is_none()
        {
            search::fetch(setup, act, &place.article);
        }
        if waiting.is_empty() {
            self.slow = None;
        } else if self.slow.is_none() {
            let act = act.clone();
            self.slow = Some(Timeout::new(PATIENCE_MS, move || act.emit(Action::Slow)));
        }
    }

    /// Scrolls, moves the focus, tells the loader and the store.
    fn settle(&mut self) {
        let (setup, state, before, nodes) = (&self.setup, &self.state, &mut self.before, &self.nodes);
        let depth = state.trail.len();
        if (state.open, state.items.len()) != (before.open, before.items)
            && let Some(scroller) = nodes.scroller.cast::<HtmlElement>()
        {
            show_latest(&scroller);
        }
        self.focus.borrow_mut().settle(nodes, depth > before.depth);
        before.placed = before.placed.min(depth);
        if let Some(View::Article(place)) = state.trail.last()
            && before.placed < depth
            && matches!(state.article(&place.article), Some(Fetched::Here(_)))
        {
            before.placed = depth;
            if let Some(view) = nodes.top.cast::<HtmlElement>().filter(|_| !place.section.is_empty()) {
                scroll_to(&view, &place.section);
            }
        }
        if state.revision > before.revision {
            keep(setup, state);
        }
        let was_open = std::mem::replace(&mut before.open, state.open);
        (before.depth, before.items, before.revision) = (depth, state.items.len(), state.revision);
        if state.open != was_open {
            storage::mark_open(state.open);
            if was_open {
                let had_focus = self.focus.borrow().was_inside();
                setup.closed(had_focus);
            }
        }
    }
}

/// What was kept from an earlier page. What has grown too old goes from the store too.
fn restored(setup: &Setup) -> State {
    let kept = storage::load::<History>(&history::key(&setup.kb));
    let state = match kept.and_then(|kept| kept.fresh(js_sys::Date::now())) {
        // A language was chosen against that of the page; another page says anew.
        Some(History { items, trail, spoken, .. }) => {
            State::restored(items, trail, spoken.filter(|(page, _)| *page == setup.page))
        }
        None => State::default(),
    };
    keep(setup, &state);
    state
}

fn keep(setup: &Setup, state: &State) {
    let key = history::key(&setup.kb);
    match Kept::of(state) {
        Some(kept) => storage::save(&key, &kept),
        None => storage::remove(&key),
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
