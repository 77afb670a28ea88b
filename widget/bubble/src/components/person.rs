use yew::{Html, NodeRef};

use super::browse::view;
use crate::{
    address::{Way, way},
    node::{El, button, el},
    shell::Shell,
    state::Action,
    text,
};

/// The quiet row: the way to a person, and how one gets in touch, or how many replies are waiting there. Away while the
/// desk's chat is shown, but never gone, for it gets the focus back.
pub(crate) fn person_row(shell: &Shell, away: Option<&str>, way_in: &NodeRef) -> Html {
    let lang = shell.lang();
    let row = el("div", "person").with_some("hidden", away);
    if shell.desk {
        let person = button("contact", shell.does(Action::Person)).known(way_in).text(text::person(lang));
        // `frame.js` writes the number and shows it.
        let unread = el("span", "unread").with("hidden", "").text(text::unread(lang)).text(" ").child(el("b", ""));
        return row.child(person).child(unread).done();
    }
    let Some(address) = shell.contact() else {
        return Html::default();
    };
    let how = match way(&address) {
        Way::Mail => text::person_by_mail(lang),
        Way::Phone => text::person_by_phone(lang),
        Way::Page => text::person_new_tab(lang),
    };
    let link = link(shell, &address).with("role", "button").text(text::person(lang));
    row.child(link).child(el("span", "").text(how)).done()
}

/// The desk's chat over all else. It is drawn as soon as there is a desk, because a frame that is taken out of the page
/// loses what is in it. `frame.js` puts the frame in and tells by `data-state` whether it is `here` or the desk `down`.
pub(crate) fn person_view(shell: &Shell, desk: &str, shown: bool, node: &NodeRef) -> Html {
    let lang = shell.lang();
    let down = el("div", "card").child(el("p", "").text(text::desk_down(lang))).add_some(contact_link(shell));
    let says = el("div", "").with("role", "status").child(el("p", "note").text(text::connecting(lang))).child(down);
    let view = view(shell, "person", text::person(lang), shown.then_some(node)).known(node);
    view.with("data-desk", desk).child(says).done()
}

/// The way to a person as part of a reply. Its name is another than the row's: two of a name could not be told apart.
pub(super) fn contact(shell: &Shell) -> Option<Html> {
    if shell.desk {
        let offer = button("contact", shell.does(Action::Person)).keyed("contact");
        return Some(offer.text(text::person_desk(shell.lang())).done());
    }
    contact_link(shell)
}

/// A link to the owner's contact address that says what happens there.
fn contact_link(shell: &Shell) -> Option<Html> {
    let lang = shell.lang();
    let address = shell.contact()?;
    let label = match way(&address) {
        Way::Mail => text::person_mail(lang),
        Way::Phone => text::person_phone(lang),
        Way::Page => text::person_page(lang),
    };
    Some(link(shell, &address).keyed("contact").text(label).done())
}

fn link(shell: &Shell, address: &str) -> El {
    el("a", "contact")
        .with("href", address)
        .with("rel", "noopener")
        .with_some("target", (way(address) == Way::Page).then_some("_blank"))
        .does(shell.does(Action::Contact))
}
