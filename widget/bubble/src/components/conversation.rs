use answer_messages::{Decision, Hit, Reason, Reply};
use yew::{Html, NodeRef};

use super::{
    answer_card::{Answer, answer_card},
    choice_card::choice_card,
    empty_card::empty_card,
    greeting::greeting,
    unavailable_card::unavailable_card,
};
use crate::{
    node::{button, el},
    shell::Shell,
    state::{Action, Item, Said, Search, State, others, suggested},
    text,
};

/// The greeting, what was said, and what is being looked up for longer than one hardly notices.
pub(crate) fn conversation(shell: &Shell, state: &State, scroller: &NodeRef) -> Html {
    let lang = shell.lang();
    // The log holds entries only: whatever comes into it is read out.
    let mut log = el("div", "log").keyed("log").with("role", "log").with("aria-label", text::conversation(lang));
    for item in state.drawn() {
        log = log.add(entry(shell, state, item));
    }
    let mut view = el("div", "view talk").keyed("talk").with("tabindex", "0").known(scroller);
    view = view.with_some("data-away", (state.depth() > 0).then_some(""));
    let empty = state.drawn().next().is_none();
    view = view.add_some(empty.then(|| greeting(shell))).child(log);
    if state.slow {
        let says = if matches!(state.search, Search::Opening) { text::loading(lang) } else { text::looking(lang) };
        view = view.child(el("p", "note").keyed("slow").text(says));
    }
    if !empty {
        let ways = el("div", "row clear").keyed("clear");
        let save = button("plain", shell.does(Action::Save)).text(text::save(lang));
        let clear = button("plain", shell.does(Action::Clear)).text(text::clear(lang));
        view = view.child(ways.child(save).child(clear));
    }
    view.done()
}

fn entry(shell: &Shell, state: &State, item: &Item) -> Html {
    let id = item.id;
    let whole = state.whole.contains(&id);
    let mut entry = el("div", "entry").keyed(&text::digits(id.into()));
    let card = match &item.said {
        Said::Question(question) => {
            entry = entry.with("class", "entry own");
            own(shell, question)
        }
        Said::Unavailable { question } => unavailable_card(shell, *question),
        Said::Reply { reply, vote, .. } => {
            let (vote, articles) = (*vote, reply.lang.as_str());
            let hits: Vec<&Hit> = suggested(reply, &state.shown_for(id));
            let confident = reply.reason == Reason::Confident;
            entry = entry.add_some(only_in(shell, reply));
            match (reply.decision, reply.hits.first()) {
                (Decision::Answer, Some(hit)) => {
                    answer_card(shell, &Answer { id, reply: id, hit, others: hits, articles, vote, whole })
                }
                (decision, Some(hit)) if confident || decision == Decision::Choose => {
                    choice_card(shell, id, &hits, articles, confident.then_some(hit))
                }
                _ => empty_card(shell, id, reply.reason, &hits, articles),
            }
        }
        Said::Picked { reply, hit, vote } => {
            let (vote, of) = (*vote, state.reply(*reply));
            let others = of.map(|of| others(of, &state.shown_for(*reply))).unwrap_or_default();
            let articles = of.map(|of| of.lang.as_str()).unwrap_or_default();
            answer_card(shell, &Answer { id, reply: *reply, hit, others, articles, vote, whole })
        }
        Said::Read { .. } => return Html::default(),
    };
    entry.add(card).done()
}

/// Says that what a reply shows is there in another language alone.
fn only_in(shell: &Shell, reply: &Reply) -> Option<Html> {
    let lang = shell.lang();
    let library = shell.library.as_deref()?;
    let spoken = shell.setup.tag.as_deref().unwrap_or(&library.lang);
    let says =
        || el("p", "note").keyed("only").text(&text::only_in(lang, &text::language_name(&reply.lang, lang.tag())));
    reply.is_only_elsewhere(spoken, library).then(|| says().done())
}

/// The visitor's own words.
fn own(shell: &Shell, question: &str) -> Html {
    let who = el("span", "unseen").text(text::you_asked(shell.lang())).text(" ").done();
    el("p", "").with("dir", "auto").add(who).text(question).done()
}
