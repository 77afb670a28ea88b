use std::{cell::Cell, collections::BTreeMap, future::Future, rc::Rc};

use desk_client::{Draft, Input, Output};
use desk_connection::{Connection, Failure, Identity, LocalOutbox, MemoryOutbox, Outbox, call};
use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::{Interval, Timeout},
    utils::{document, window},
};
use handoff::limits::is_id;
use serde::de::IgnoredAny;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::{
    browser,
    state::{Action, Effect, Session, Shortcut, State, Step, Target},
    text,
    typed::Typed,
    views::{self, LOG, Shell},
};

/// How often waits are drawn anew, in milliseconds.
const TICK_MS: u32 = 15_000;
/// `keyCode` of a key that an input method has taken.
const INPUT_METHOD: u32 = 229;

/// The console: holds the state and does what it says.
pub(crate) struct App {
    state: State,
    act: Callback<Action>,
    typed: Typed,
    queue: Option<Connection>,
    talks: BTreeMap<String, Connection>,
    /// Where the focus goes once the page is drawn.
    target: Option<Target>,
    shown: Shown,
    /// Whether single keys do something now.
    single_keys: Rc<Cell<bool>>,
    _ticking: Interval,
    _listening: Vec<EventListener>,
}

/// What the log showed after the last drawing.
#[derive(Default)]
struct Shown {
    conversation: Option<String>,
    events: usize,
    replies: usize,
    /// Whether its end is in sight.
    at_end: Rc<Cell<bool>>,
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let act = ctx.link().callback(|action| action);
        let (shown, single_keys) = (Shown::default(), Rc::new(Cell::new(false)));
        act.emit(Action::Start);
        Self {
            state: State::new(browser::route(), browser::lang(), browser::shortcuts()),
            typed: Typed::default(),
            queue: None,
            talks: BTreeMap::new(),
            target: None,
            _ticking: {
                let act = act.clone();
                Interval::new(TICK_MS, move || act.emit(Action::Tick))
            },
            _listening: listen(&act, single_keys.clone(), shown.at_end.clone()),
            shown,
            single_keys,
            act,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        self.state.tick(js_sys::Date::now() as u64);
        for effect in self.state.apply(action) {
            self.carry_out(ctx, effect);
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        views::console(&Shell { state: &self.state, act: &self.act, typed: &self.typed })
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let state = &self.state;
        self.single_keys.set(state.shortcuts && state.session == Session::In);
        browser::name_page(&title(state), state.lang);
        if let (Session::Out(_), Some(agent)) = (&state.session, &state.agent) {
            browser::suggest_email(&agent.email);
        }
        if let Some(target) = self.target.take() {
            browser::focus(&target);
        }
        self.follow_log();
    }
}

impl App {
    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        match effect {
            Effect::Later(ms, action) => {
                let act = self.act.clone();
                Timeout::new(ms, move || act.emit(*action)).forget();
            }
            Effect::AskSession => ask(ctx, call::<(), _>("GET", "/v1/session", None, &[], None), Action::SessionIs),
            Effect::SignIn(sign_in) => {
                let answer = async move { call("POST", "/v1/session", None, &[], Some(&sign_in)).await };
                ask(ctx, answer, Action::SignedIn);
            }
            Effect::SignOut => {
                ask(ctx, call::<(), ()>("DELETE", "/v1/session", None, &[], None), Action::SignedOut);
            }
            Effect::Subscribe => self.queue = Some(self.subscribe()),
            Effect::Unsubscribe => self.queue = None,
            Effect::FetchQueue => ask(ctx, call::<(), _>("GET", "/v1/queue", None, &[], None), Action::QueueIs),
            Effect::FetchConversation(id) => {
                let path = format!("/v1/conversations/{id}");
                let answer = async move { call::<(), _>("GET", &path, None, &[], None).await.map(Box::new) };
                ask(ctx, answer, move |answer| Action::ConversationIs(id, answer));
            }
            Effect::FindUnsent(agent) => {
                self.typed.belongs_to(&agent);
                self.act.emit(Action::Unsent(unsent(&agent)));
            }
            Effect::Connect(id) => self.connect(id),
            Effect::Disconnect(id) => {
                self.talks.remove(&id);
            }
            Effect::Hold(id, draft) => {
                self.outbox(&id).keep(&draft);
            }
            Effect::Write(id, draft) => self.write(&id, draft),
            Effect::Forget(id, key) => self.outbox(&id).forget(&key),
            Effect::Do(id, step) => {
                let name = match step {
                    Step::Assign => "assign",
                    Step::Close => "close",
                    Step::Reopen => "reopen",
                };
                let path = format!("/v1/conversations/{id}/{name}");
                let answer = async move { call::<(), IgnoredAny>("POST", &path, None, &[], None).await.map(drop) };
                ask(ctx, answer, move |answer| Action::Done(id, step, answer));
            }
            Effect::Hurry => {
                for connection in self.queue.iter().chain(self.talks.values()) {
                    connection.tell(Input::Hurry);
                }
            }
            Effect::PutBack(id, text) => {
                if self.state.route.conversation() == Some(&id) {
                    browser::put_back(&text);
                }
            }
            Effect::ForgetTyped => self.typed.forget(),
            Effect::Focus(target) => self.target = Some(target),
            Effect::KeepLang(lang) => browser::keep_lang(lang),
            Effect::KeepShortcuts(on) => browser::keep_shortcuts(on),
        }
    }

    fn subscribe(&self) -> Connection {
        let (heard, changed) = (self.act.clone(), self.act.clone());
        let outputs = Rc::new(move |output| {
            if let Output::Status(status) = output {
                heard.emit(Action::QueueLine(status));
            }
        });
        let changed = Rc::new(move || changed.emit(Action::QueueChanged));
        Connection::start(Identity::Agent { conversation: None }, Box::new(MemoryOutbox::default()), outputs, changed)
    }

    fn connect(&mut self, id: String) {
        let outbox = self.outbox(&id);
        // Replies of an earlier page: the machine sends them, the log shows them.
        self.act.emit(Action::Found(id.clone(), outbox.drafts()));
        let outputs = {
            let (act, id) = (self.act.clone(), id.clone());
            Rc::new(move |output| act.emit(Action::Heard(id.clone(), output)))
        };
        let identity = Identity::Agent { conversation: Some(id.clone()) };
        let connection = Connection::start(identity, Box::new(outbox), outputs, Rc::new(|| {}));
        self.talks.insert(id, connection);
    }

    fn write(&self, id: &str, draft: Draft) {
        match self.talks.get(id) {
            Some(connection) => connection.tell(Input::Write(draft)),
            // The next connection finds it there.
            None => {
                self.outbox(id).keep(&draft);
            }
        }
    }

    fn outbox(&self, id: &str) -> LocalOutbox {
        LocalOutbox::new(format!("{}{id}:", outboxes(self.state.me())))
    }

    /// Keeps the end of the log in sight, unless the agent reads further up; then he is told of what comes.
    fn follow_log(&mut self) {
        let shown = &mut self.shown;
        let (conversation, events, replies, below) = match self.state.talk() {
            Some((id, talk)) => (Some(id.to_owned()), talk.events.len(), talk.replies.len(), talk.below),
            None => (None, 0, 0, false),
        };
        if conversation != shown.conversation {
            shown.at_end.set(true);
        }
        let (more, own) = (events > shown.events, replies > shown.replies);
        if own || shown.at_end.get() {
            shown.at_end.set(true);
            browser::scroll_to_end(LOG);
        } else if more && !below && conversation == shown.conversation {
            self.act.emit(Action::Below(true));
        }
        (shown.conversation, shown.events, shown.replies) = (conversation, events, replies);
    }
}

/// Sends what comes of a call as an action.
fn ask<T: 'static>(
    ctx: &Context<App>,
    answer: impl Future<Output = Result<T, Failure>> + 'static,
    action: impl FnOnce(Result<T, Failure>) -> Action + 'static,
) {
    ctx.link().send_future(async move { action(answer.await) });
}

/// What the keys of an agent's outboxes start with; the conversation and a colon follow.
fn outboxes(agent: &str) -> String {
    format!("porchlight:console:{agent}:")
}

/// Conversations with replies of this agent that were not sent.
fn unsent(agent: &str) -> Vec<String> {
    let prefix = outboxes(agent);
    let keys = browser::stored_keys(&prefix);
    let ids = keys.iter().filter_map(|key| key[prefix.len()..].split(':').next());
    let mut ids: Vec<String> = ids.filter(|id| is_id(id)).map(str::to_owned).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn title(state: &State) -> String {
    let lang = state.lang;
    if state.session != Session::In {
        return text::titled(lang, text::sign_in(lang));
    }
    let open = state.route.conversation().and_then(|id| state.summary(id));
    let what = match open {
        Some(summary) => views::visitor(lang, summary),
        None => text::queue(lang).to_owned(),
    };
    match state.waiting() {
        0 => text::titled(lang, &what),
        n => text::titled_waiting(lang, n, &what),
    }
}

fn listen(act: &Callback<Action>, single_keys: Rc<Cell<bool>>, at_end: Rc<Cell<bool>>) -> Vec<EventListener> {
    let (went, pressed, scrolled) = (act.clone(), act.clone(), act.clone());
    vec![
        EventListener::new(&window(), "hashchange", move |_| went.emit(Action::Went(browser::route()))),
        EventListener::new_with_options(
            &document(),
            "keydown",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    key(event, single_keys.get(), &pressed);
                }
            },
        ),
        // Scrolling does not bubble.
        EventListener::new_with_options(
            &document(),
            "scroll",
            EventListenerOptions::run_in_capture_phase(),
            move |event: &Event| {
                let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
                if let Some(log) = target.filter(|target| target.id() == LOG) {
                    let end = browser::is_at_end(&log);
                    if end && !at_end.replace(end) {
                        scrolled.emit(Action::Below(false));
                    }
                    at_end.set(end);
                }
            },
        ),
    ]
}

fn key(event: &KeyboardEvent, single_keys: bool, act: &Callback<Action>) {
    let composing = event.is_composing() || event.key_code() == INPUT_METHOD;
    let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
    if composing || with_others || event.default_prevented() || browser::has_dialog() {
        return;
    }
    let action = match event.key().as_str() {
        "Escape" => browser::left(event).map(|target| match target {
            Target::BriefButton => Action::Brief(false),
            target => Action::Focus(target),
        }),
        "ArrowDown" if browser::is_in_queue(event) => Some(Action::Focus(Target::Step(true))),
        "ArrowUp" if browser::is_in_queue(event) => Some(Action::Focus(Target::Step(false))),
        _ if browser::takes_keys(event) => None,
        key if single_keys => Shortcut::of(key, &event.code(), event.shift_key()).map(Action::Press),
        _ => None,
    };
    if let Some(action) = action {
        // Else the letter would be typed into the box that gets the focus.
        event.prevent_default();
        act.emit(action);
    }
}
