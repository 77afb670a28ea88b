use yew::prelude::*;

use super::{Shell, events, transcript::transcript};
use crate::{
    state::{Known, Talk},
    text,
};

/// Id of what scrolls.
pub(crate) const LOG: &str = "log";

/// Everything that was said, by the machine and by people. Readers of screens are told of what comes in, once, but not of
/// what was there when the conversation was opened.
pub(crate) fn log(shell: &Shell<'_>, id: &str, visitor: &str, talk: &Talk) -> Html {
    let lang = shell.lang();
    let news = if talk.caught_up() { "polite" } else { "off" };
    let before = match &talk.known {
        Known::Here(conversation) => transcript(lang, &conversation.transcript),
        _ => Html::default(),
    };
    let spoken = talk.summary.as_ref().map_or("", |summary| &summary.lang);
    let events = talk.events.iter().map(|event| events::event(shell, visitor, spoken, event));
    let replies = talk.replies.iter().map(|reply| events::reply(shell, id, talk, reply));
    html! {
        <div key={id.to_owned()} id={LOG} class="log" role="log" aria-live={news} aria-label={text::conversation(lang)} tabindex="0">
            { before }
            { for events }
            { for replies }
        </div>
    }
}
