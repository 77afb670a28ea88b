use composer::wire;
use desk_client::Draft;
use desk_connection::random_id;
use gloo::events::EventListener;
use handoff::limits::MESSAGE_BYTES;
use web_sys::{HtmlFormElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    state::Action,
    text::{self, Lang},
    typed::Typed,
};

/// Id of the text box, for the focus.
pub(crate) const REPLY: &str = "reply";

/// Properties of [`ReplyBox`].
#[derive(PartialEq, Properties)]
pub(crate) struct Props {
    /// What the console speaks.
    pub(crate) lang: Lang,
    /// Id of the conversation. Another conversation needs another box: give it a key.
    pub(crate) conversation: String,
    /// What sending does besides.
    pub(crate) note: Option<String>,
    /// What was typed and not sent.
    pub(crate) typed: Typed,
    /// Tells what the agent does.
    pub(crate) act: Callback<Action>,
}

/// Where an agent writes. The box is never written to while he does; what he leaves in it is there when he comes back.
pub(crate) struct ReplyBox {
    form: NodeRef,
    area: NodeRef,
    listening: Vec<EventListener>,
    too_long: bool,
}

impl Component for ReplyBox {
    type Message = String;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { form: NodeRef::default(), area: NodeRef::default(), listening: Vec::new(), too_long: false }
    }

    fn update(&mut self, ctx: &Context<Self>, text: String) -> bool {
        let Props { conversation, typed, act, .. } = ctx.props();
        self.too_long = text.len() > MESSAGE_BYTES;
        if self.too_long {
            // Given back; the box was emptied when the text was taken.
            if let Some(area) = self.area.cast::<HtmlTextAreaElement>() {
                area.set_value(&text);
            }
        } else {
            typed.set(conversation, "");
            act.emit(Action::Send(conversation.clone(), Draft { client_message_id: random_id(), text }));
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { lang, note, .. } = ctx.props();
        let label = text::reply(*lang);
        let too_long = self.too_long.then(|| text::too_long(*lang, MESSAGE_BYTES as u32));
        html! {
            <form ref={&self.form} class="reply">
                <p id="reply-note" class="note">{ note.clone() }</p>
                <textarea id={REPLY} ref={&self.area} rows="1" aria-label={label} placeholder={label}
                    aria-describedby="reply-note" autocomplete="off" dir="auto" />
                <button type="submit" class="main">{ text::send(*lang) }</button>
                <p class="refusal" role="alert">{ too_long }</p>
            </form>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let nodes = (self.area.cast::<HtmlTextAreaElement>(), self.form.cast::<HtmlFormElement>());
        let (Some(area), Some(form)) = nodes else {
            return;
        };
        if !first {
            return;
        }
        let Props { conversation, typed, .. } = ctx.props();
        area.set_value(&typed.get(conversation));
        self.listening = wire(&area, &form, ctx.link().callback(|text| text));
        let (typed, conversation, area_typed) = (typed.clone(), conversation.clone(), area.clone());
        self.listening.push(EventListener::new(&area, "input", move |_| {
            typed.set(&conversation, &area_typed.value());
        }));
    }
}
