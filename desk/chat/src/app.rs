use std::rc::Rc;

use composer::wire;
use desk_client::{Input, Output};
use desk_connection::{Connection, Failure, Identity, Outbox, call, random_id};
use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
    utils::{document, window},
};
use handoff::api::Receipt;
use serde_json::value::RawValue;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    BeforeUnloadEvent, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, MessageEvent,
    StorageEvent, VisibilityState,
};
use yew::prelude::*;

use crate::{
    focus::Focus,
    outbox::TellingOutbox,
    port::{Heard, Port, Word, around},
    scroll::Scroll,
    state::{Action, Effect, Field, Stage, State},
    storage::{Change, Keep},
    text::Lang,
    view::{Nodes, Shell, page},
};

/// How long the host page may take to hand over its port before this page says that it stands alone, in milliseconds.
const PORT_MS: u32 = 10_000;

/// What the start script knows.
#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    /// Messages that came before this module was there.
    pub(crate) early: js_sys::Array,
}

/// What reaches the app.
pub(crate) enum Message {
    /// Something happened.
    Do(Action),
    /// The machine of this connection says something; of earlier connections nothing is heard.
    Said(u32, Output),
    /// A message came to the window.
    Posted(MessageEvent),
    /// The host page says something.
    Heard(Heard),
    /// The host page is to be told.
    Say(Word),
    /// Storage changed under a key; another tab did it.
    Stored(String, Option<String>),
    /// The log was scrolled.
    Scrolled,
    /// The end of the log is wanted.
    ShowLatest,
}

/// The chat: carries out in a browser what its state says.
pub(crate) struct App {
    state: State,
    port: Option<Port>,
    keep: Option<Keep>,
    connection: Option<Connection>,
    /// Rises with each connection.
    connections: u32,
    nodes: Nodes,
    focus: Focus,
    scroll: Scroll,
    retry: Option<Timeout>,
    watch: Option<Timeout>,
    /// The box that is wired, and its listeners.
    wired: Option<(HtmlTextAreaElement, Vec<EventListener>)>,
    /// What was filled into the boxes last, and into which.
    filled: (u32, Option<HtmlTextAreaElement>),
    _waiting: Timeout,
    _listening: Vec<EventListener>,
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        for event in ctx.props().early.iter().filter_map(|event| event.dyn_into().ok()) {
            link.send_message(Message::Posted(event));
        }
        let alone = if around().is_none() { 0 } else { PORT_MS };
        let waiting = Timeout::new(alone, {
            let link = link.clone();
            move || link.send_message(Message::Do(Action::Outside))
        });
        Self {
            state: State::new(Lang::of(asked_language().as_deref())),
            port: None,
            keep: None,
            connection: None,
            connections: 0,
            nodes: Nodes::default(),
            focus: Focus::default(),
            scroll: Scroll::default(),
            retry: None,
            watch: None,
            wired: None,
            filled: (0, None),
            _waiting: waiting,
            _listening: listen(&link),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        self.focus.remember();
        match message {
            Message::Scrolled => return self.scroll.moved(&self.nodes.scroller),
            Message::Say(word) => {
                self.tell(word);
                return false;
            }
            Message::Posted(event) => {
                if self.port.is_none() {
                    self.accept(ctx, &event);
                }
            }
            Message::Heard(Heard::Focus) => self.focus.ask(),
            Message::Heard(Heard::Visible(visible)) => {
                self.scroll.show_latest();
                self.act(ctx, Action::Visible(visible));
            }
            Message::Heard(Heard::Open(opening, looks)) => {
                looks.apply();
                self.act(ctx, Action::Opened(opening));
            }
            Message::Stored(key, value) => {
                let change = self.keep.as_ref().and_then(|keep| keep.change(&key, value.as_deref()));
                match change {
                    Some(Change::Conversation(receipt)) => self.act(ctx, Action::Elsewhere(receipt)),
                    Some(Change::Seen(conversation, seen)) => {
                        self.act(ctx, Action::SeenElsewhere { conversation, seen });
                    }
                    None => return false,
                }
            }
            Message::ShowLatest => self.scroll.show_latest(),
            Message::Said(connection, output) if connection == self.connections => {
                self.scroll.remember(&self.nodes.scroller);
                if matches!(output, Output::Deliver(_)) {
                    self.scroll.came();
                }
                self.act(ctx, Action::Heard(output));
            }
            Message::Said(..) => return false,
            Message::Do(action) => {
                self.scroll.remember(&self.nodes.scroller);
                self.act(ctx, action);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        page(&Shell {
            state: &self.state,
            nodes: &self.nodes,
            below: self.scroll.is_below(),
            act: ctx.link().callback(Message::Do),
            say: ctx.link().callback(Message::Say),
            scrolled: ctx.link().callback(|()| Message::Scrolled),
            latest: ctx.link().callback(|()| Message::ShowLatest),
        })
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        self.speak();
        self.wire(ctx);
        self.fill();
        self.scroll.settle(&self.nodes.scroller);
        self.focus.settle(&self.nodes, self.state.stage != Stage::Waiting);
    }
}

impl App {
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        for effect in self.state.apply(action) {
            self.carry_out(ctx, effect);
        }
    }

    fn accept(&mut self, ctx: &Context<Self>, event: &MessageEvent) {
        let link = ctx.link().clone();
        if let Some(port) = Port::accept(event, move |heard| link.send_message(Message::Heard(heard))) {
            let keep = Keep::of(&port.origin);
            let restored = keep.restored();
            self.port = Some(port);
            self.keep = Some(keep);
            self.act(ctx, Action::Accepted(Box::new(restored)));
        }
    }

    fn tell(&self, word: Word) {
        if let Some(port) = &self.port {
            port.say(word);
        }
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        let Some(keep) = &self.keep else {
            return;
        };
        let kept = match effect {
            Effect::KeepHandoff { key, body } => keep.keep_handoff(&key, &body),
            Effect::KeepConversation(receipt) => keep.keep_conversation(&receipt),
            other => {
                self.carry_on(ctx, keep.clone(), other);
                true
            }
        };
        if !kept {
            self.act(ctx, Action::Undurable);
        }
    }

    fn carry_on(&mut self, ctx: &Context<Self>, keep: Keep, effect: Effect) {
        let link = ctx.link();
        let later = |ms, action: Action| {
            let link = link.clone();
            Some(Timeout::new(ms, move || link.send_message(Message::Do(action))))
        };
        match effect {
            Effect::KeepHandoff { .. } | Effect::KeepConversation(_) => {}
            Effect::ForgetHandoff { key } => keep.forget_handoff(&key),
            Effect::ForgetConversation { conversation } => keep.forget_conversation(&conversation),
            Effect::KeepSeen { conversation, seen } => keep.keep_seen(conversation, seen),
            Effect::KeepForm(form) => keep.keep_form(form.as_ref()),
            Effect::KeepTyping(text) => keep.keep_typing(&text),
            Effect::Post { key, body } => post(link.callback(Message::Do), key, body),
            Effect::RetryIn(ms) => self.retry = later(ms, Action::Retry),
            Effect::WatchIn(ms) => self.watch = later(ms, Action::StillAway),
            Effect::Connect(receipt) => self.connect(ctx, &keep, receipt),
            Effect::Disconnect => {
                self.connections += 1;
                self.connection = None;
            }
            Effect::Write(text) => {
                if let Some(connection) = &self.connection {
                    connection.write(text);
                }
            }
            Effect::Hurry => {
                if let Some(connection) = &self.connection {
                    connection.tell(Input::Hurry);
                }
            }
            Effect::TellTalking(talking) => self.tell(Word::Talking(talking)),
            Effect::TellUnread(count) => self.tell(Word::Unread(count)),
            Effect::Focus(target) => self.focus.want(target),
            Effect::ShowLatest => self.scroll.show_latest(),
        }
    }

    fn connect(&mut self, ctx: &Context<Self>, keep: &Keep, receipt: Receipt) {
        let link = ctx.link().clone();
        self.connections += 1;
        let number = self.connections;
        let undurable = {
            let link = link.clone();
            Box::new(move || link.send_message(Message::Do(Action::Undurable)))
        };
        let outbox = TellingOutbox { outbox: keep.outbox(&receipt.conversation), undurable };
        for draft in outbox.drafts() {
            self.act(ctx, Action::Heard(Output::Keep(draft)));
        }
        let outputs = Rc::new(move |output| link.send_message(Message::Said(number, output)));
        let identity = Identity::Visitor { token: receipt.token };
        self.connection = Some(Connection::start(identity, Box::new(outbox), outputs, Rc::new(|| {})));
    }

    /// The page says which language it speaks, and what it is called.
    fn speak(&self) {
        let lang = self.state.lang;
        if let Some(root) = document().document_element() {
            // Fails only for names that are none.
            let _ = root.set_attribute("lang", lang.tag());
        }
        document().set_title(crate::text::heading(lang));
    }

    /// Brings the box of the conversation to life.
    fn wire(&mut self, ctx: &Context<Self>) {
        let area = self.nodes.area.cast::<HtmlTextAreaElement>();
        let area = area.filter(|_| matches!(self.state.stage, Stage::Talking(_)));
        if self.wired.as_ref().map(|(wired, _)| wired) == area.as_ref() {
            return;
        }
        let form = self.nodes.composer.cast::<HtmlFormElement>();
        self.wired = area.zip(form).map(|(area, form)| {
            let say = ctx.link().callback(|text| Message::Do(Action::Say(text)));
            let listening = wire(&area, &form, say);
            (area, listening)
        });
    }

    /// Fills boxes from the state where they are new or the state says so. Else what is in them is the truth.
    fn fill(&mut self) {
        let area = self.nodes.area.cast::<HtmlTextAreaElement>();
        let now = (self.state.fills, area.clone());
        if self.filled == now {
            return;
        }
        let Some(area) = area else {
            return;
        };
        match &self.state.stage {
            Stage::Form(form) => {
                area.set_value(&form.message);
                for (node, text) in [(&self.nodes.name, &form.name), (&self.nodes.email, &form.email)] {
                    if let Some(input) = node.cast::<HtmlInputElement>() {
                        input.set_value(text);
                    }
                }
            }
            Stage::Talking(talk) => area.set_value(&talk.typing),
            _ => {}
        }
        self.filled = now;
    }
}

/// Tries to send a hand-off.
fn post(done: Callback<Action>, key: String, body: String) {
    spawn_local(async move {
        let result = match RawValue::from_string(body) {
            Ok(body) => call("POST", "/v1/handoffs", None, &[("Idempotency-Key", &key)], Some(&body)).await,
            // It was made as JSON.
            Err(_) => Err(Failure::Unreachable),
        };
        done.emit(Action::Posted { key, result, random: random() });
    });
}

fn random() -> u64 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u64
}

/// The language that the address of the page asks for.
fn asked_language() -> Option<String> {
    let query = window().location().search().ok()?;
    query.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("lang=")).map(str::to_owned)
}

fn listen(link: &html::Scope<App>) -> Vec<EventListener> {
    let (window, document) = (window(), document());
    let on = |target: &web_sys::EventTarget, name: &'static str, react: fn(&html::Scope<App>, &web_sys::Event)| {
        let link = link.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(target, name, options, move |event| react(&link, event))
    };
    // The connection listens for itself; this is for a hand-off that is on its way.
    let retry = |link: &html::Scope<App>, _: &web_sys::Event| link.send_message(Message::Do(Action::Retry));
    vec![
        on(&window, "message", |link, event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                link.send_message(Message::Posted(event.clone()));
            }
        }),
        on(&window, "storage", |link, event| {
            // Without a key all storage was cleared: what is in memory goes on.
            if let Some((key, value)) =
                event.dyn_ref::<StorageEvent>().and_then(|event| Some((event.key()?, event.new_value())))
            {
                link.send_message(Message::Stored(key, value));
            }
        }),
        on(&window, "beforeunload", |link, event| {
            let risk = link.get_component().is_some_and(|app| app.state.is_at_risk());
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>().filter(|_| risk) {
                event.prevent_default();
                event.set_return_value("unsent");
            }
        }),
        on(&window, "online", retry),
        on(&window, "pageshow", retry),
        on(&window, "focus", retry),
        on(&document, "visibilitychange", |link, _| {
            let shown = gloo::utils::document().visibility_state() == VisibilityState::Visible;
            link.send_message(Message::Do(Action::Shown(shown)));
            if shown {
                link.send_message(Message::Do(Action::Retry));
            }
        }),
        on(&document, "keydown", |link, event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            // 229: the key belongs to an input method.
            if event.key() == "Escape" && !event.is_composing() && event.key_code() != 229 {
                event.prevent_default();
                link.send_message(Message::Say(Word::Escape));
            }
        }),
    ]
}

/// What the visitor does in a box of the form, for the state.
pub(crate) fn typed(field: Field, text: &str) -> Action {
    Action::Typed(field, composer::normalized(text).unwrap_or_default())
}

/// Loads the frame again, with the desk's own version of it. The host page hands over a new port.
pub(crate) fn reload() {
    // Fails only where the page is being left already.
    let _ = window().location().reload();
}

/// What is in the box of the conversation, for the state.
pub(crate) fn typing(event: &InputEvent) -> Action {
    let area: HtmlTextAreaElement = event.target_unchecked_into();
    Action::Typing(area.value())
}

/// "Send" was pressed in the form.
pub(crate) fn submit() -> Action {
    Action::Submit { key: random_id() }
}
