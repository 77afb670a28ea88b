use std::rc::Rc;

use answer_messages::Decision;
use composer::wire;
use gloo::{events::EventListener, timers::callback::Timeout};
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    components::{article_view, browse, composer, conversation, header, person_row, person_view, suggestions},
    deeds::{Deeds, listen},
    events_view::scroll_to,
    focus::Focus,
    history::{self, History},
    node::el,
    search::{Wish, look_up},
    setup::Setup,
    shell::Shell,
    state::{Action, Fetched, Said, Search, State, View},
    storage,
    text::{self, Lang},
    typing,
};

/// How long a search may take before the panel says that it is searching.
const PATIENCE_MS: u32 = 300;

/// What the panel is made of.
#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    /// What the loader said.
    pub(crate) setup: Rc<Setup>,
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
    /// The view with the desk's chat.
    pub(crate) person: NodeRef,
    /// The row's button that leads there.
    pub(crate) way_in: NodeRef,
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
    deeds: Deeds,
    nodes: Nodes,
    focus: Focus,
    before: Before,
    /// Whether it is drawn whole; at first it is but its frame.
    whole: bool,
    /// Whether the desk's chat is needed, shown or not: it was asked for, or a conversation is open there.
    calling: bool,
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
    /// Whether all articles were asked for.
    listed: bool,
    /// What `frame.js` was told: whether the panel is open, the chat shown, and the language.
    told: Option<(bool, bool, Lang)>,
}

impl Component for App {
    type Message = Action;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let setup = &ctx.props().setup;
        let left = storage::text(storage::PERSON).unwrap_or_default();
        let left = left.as_bytes();
        let calling = left.contains(&b't');
        let mut state = restored(setup, calling);
        state.person = left.contains(&b'v');
        Self {
            setup: match &state.spoken {
                Some((_, chosen)) => Rc::new(setup.speaking(chosen)),
                None => setup.clone(),
            },
            state,
            act: ctx.link().callback(|action| action),
            deeds: Deeds::default(),
            nodes: Nodes::default(),
            focus: Focus::default(),
            before: Before::default(),
            whole: false,
            calling,
            slow: None,
            listening: Vec::new(),
        }
    }

    fn update(&mut self, _: &Context<Self>, action: Action) -> bool {
        if let Action::Suggested(text, hits) = &action {
            // What is in the box by now may be something else; and most of what is typed has no suggestions, before and after.
            let area = self.nodes.area.cast::<HtmlTextAreaElement>();
            let is_late = area.is_none_or(|area| area.value() != *text);
            if is_late || hits.len() + self.state.suggested.len() == 0 {
                return false;
            }
        }
        self.whole = true;
        self.focus.follow(&action, &self.nodes);
        match &action {
            Action::Speak(_, chosen) => {
                let new = Rc::new(self.setup.speaking(chosen));
                std::mem::replace(&mut self.setup, new).retire();
            }
            Action::Save => self.setup.call("save", true),
            Action::Person | Action::Contact => self.setup.emit("contact", &[]),
            _ => {}
        }
        let (was_there, answered) = (self.state.at_person(), matches!(action, Action::Answered(..)));
        let before = self.state.items.len();
        self.state.apply(action, js_sys::Date::now());
        if let Some(Said::Reply { reply, .. }) =
            self.state.items.get(before).map(|item| &item.said).filter(|_| answered)
        {
            let decision = match reply.decision {
                Decision::Answer => "answer",
                Decision::Choose => "choose",
                Decision::HandOff => "hand_off",
            };
            self.setup.emit("answer", &[("decision", decision)]);
        }
        if self.state.at_person() && !was_there {
            self.focus.left_for_person(&self.nodes);
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let setup = &self.setup;
        let (state, nodes, lang) = (&self.state, &self.nodes, setup.lang);
        let (person, desk) = (state.at_person(), state.desk.as_deref());
        let (setup, deeds) = (setup.clone(), self.deeds.clone());
        deeds.clear();
        let shell = Shell { setup, library: state.library().cloned(), desk: desk.is_some(), deeds };
        let away = person.then_some("");
        let panel = el("div", "panel")
            .with("role", "dialog")
            .with("aria-label", text::panel(lang))
            .with("lang", lang.tag())
            .with("tabindex", "-1")
            .with_some("hidden", (!state.open).then_some(""))
            .known(&nodes.panel);
        if !self.whole {
            return panel.done();
        }
        let mut views = el("div", "views").add(conversation(&shell, state, &nodes.scroller));
        views = views.add_some(desk.map(|desk| person_view(&shell, desk, person, &nodes.person)));
        for (depth, view) in (1..).zip(&state.trail) {
            let top = (depth == state.depth()).then_some(&nodes.top);
            let key = text::digits(depth as u64);
            views = views.add(match view {
                View::Browse => browse(&shell, &key, state, top),
                View::Article(place) => article_view(&shell, &key, place, state.article(&place.article), top),
            });
        }
        panel
            .add(header(&shell, !person && state.trail.last() == Some(&View::Browse)))
            .child(views.add_all(suggestions(&shell, &state.suggested)))
            .add(person_row(&shell, away, &nodes.way_in))
            .add(composer(lang, away, &nodes.form, &nodes.area))
            .done()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if !self.whole {
            return;
        }
        if self.listening.is_empty() {
            self.live();
        }
        self.look_up();
        self.settle();
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.setup.retire();
    }
}

impl App {
    /// Brings the box to life, and keeps the panel at what is visible.
    fn live(&mut self) {
        let nodes = &self.nodes;
        self.setup.call("live", true);
        self.listening = listen(&nodes.panel, &self.deeds, &self.act, self.setup.page());
        if let (Some(area), Some(form)) = (nodes.area.cast(), nodes.form.cast()) {
            self.listening.push(typing::follow(&area, &self.setup, &self.act));
            self.listening.extend(wire(&area, &form, self.act.reform(Action::Ask)));
        }
    }

    /// Opens the bundle where that is due, and hands over each waiting question and wished article once.
    fn look_up(&mut self) {
        let (setup, state, before, act) = (&self.setup, &self.state, &mut self.before, &self.act);
        let waiting = state.waiting();
        before.asked.retain(|id| waiting.iter().any(|(waits, _)| waits == id));
        match state.search {
            // The bundle may know the desk that has the open conversation.
            Search::Idle if state.open || self.calling && state.desk.is_none() => look_up(setup, act, Wish::Library),
            // The network may be back.
            Search::Failed if (state.open && !before.open) || !waiting.is_empty() => look_up(setup, act, Wish::Library),
            // Questions wait in the client while the bundle is being opened: they are asked before its listing is drawn.
            Search::Opening | Search::Ready(_) => {
                for (id, question) in &waiting {
                    if !before.asked.contains(id) {
                        before.asked.push(*id);
                        look_up(setup, act, Wish::Answer(*id, (*question).to_owned()));
                    }
                }
            }
            _ => {}
        }
        if let Some(View::Article(place)) = state.trail.last()
            && matches!(state.search, Search::Ready(_) | Search::Failed)
            && state.article(&place.article).is_none()
        {
            look_up(setup, act, Wish::Article(place.article.clone()));
        }
        let lacks = state.library().is_some_and(|library| !library.is_complete());
        let lists = lacks && matches!(state.trail.last(), Some(View::Browse));
        if lists && !before.listed {
            look_up(setup, act, Wish::All);
        }
        before.listed = lists;
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
        let (depth, items, person) = (state.depth(), state.drawn().count(), state.at_person());
        if items > 0 && (state.open, items) != (before.open, before.items) {
            setup.call("latest", true);
        }
        self.focus.settle(nodes, state.open, depth > before.depth, person);
        let views = state.trail.len();
        before.placed = before.placed.min(views);
        if let Some(View::Article(place)) = state.trail.last()
            && before.placed < views
            && matches!(state.article(&place.article), Some(Fetched::Here(_)))
            && let Some(view) = nodes.top.cast::<HtmlElement>()
        {
            before.placed = views;
            if !place.section.is_empty() {
                scroll_to(&view, &place.section);
            }
        }
        if state.revision > before.revision {
            keep(setup, state);
        }
        let was_open = std::mem::replace(&mut before.open, state.open);
        (before.depth, before.items, before.revision) = (depth, items, state.revision);
        if state.open != was_open {
            setup.call("onshown", state.open);
            if was_open {
                let had_focus = self.focus.was_inside();
                setup.call("onclose", had_focus);
            }
        }
        self.calling |= person;
        let now = Some((state.open, person, setup.lang));
        if self.calling
            && before.told != now
            && let Some(view) = nodes.person.cast::<HtmlElement>()
        {
            before.told = now;
            setup.frame(&view, history::record(state));
        }
    }
}

/// What was kept from an earlier page. What has grown too old goes from the store too.
fn restored(setup: &Setup, talking: bool) -> State {
    let kept = storage::load::<History>(&history::key(&setup.given.search.kb));
    let mut state = match kept.and_then(|kept| kept.fresh(js_sys::Date::now(), talking)) {
        // A language was chosen against that of the page; another page says anew.
        Some(History { items, trail, spoken, .. }) => {
            State::restored(items, trail, spoken.filter(|(page, _)| page == setup.page()))
        }
        None => State::default(),
    };
    state.desk = setup.given.desk.clone();
    keep(setup, &state);
    state
}

fn keep(setup: &Setup, state: &State) {
    let key = history::key(&setup.given.search.kb);
    match history::record(state) {
        Some(record) => storage::save(&key, record),
        None => storage::remove(&key),
    }
}
