//! The box in which a visitor asks. It is never written to while an input method composes, and never controlled by
//! state: what is in the box is the truth.

mod ime;
mod wire;

use yew::prelude::*;

pub(crate) use wire::{normalized, wire};

use crate::text::{self, Lang};

/// Longest question, in UTF-16 units.
const LONGEST: &str = "2000";

/// The box and its button; [`wire`] brings them to life.
pub(crate) fn composer(lang: Lang, form: &NodeRef, area: &NodeRef) -> Html {
    html! {
        <form class="composer" ref={form}>
            <textarea
                ref={area}
                rows="1"
                maxlength={LONGEST}
                aria-label={text::ask_label(lang)}
                placeholder={text::ask_label(lang)}
                autocomplete="off"
                dir="auto"
            />
            <button type="submit" class="ask">{ text::ask(lang) }</button>
        </form>
    }
}
