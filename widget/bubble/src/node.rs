//! Elements built by calls instead of by yew's `html!`.
//!
//! What the macro writes out at each element is several times as long as a call. The panel has some eighty elements,
//! and all of it is downloaded: built so, the bubble is a fifth smaller.

use wasm_bindgen::JsValue;
use yew::{
    Html, NodeRef,
    virtual_dom::{AttributeOrProperty, Attributes, VNode, VTag, VText},
};

/// Every attribute that the panel uses. One list for all elements keeps yew's general attribute maps out of the
/// download.
const NAMES: [&str; 35] = [
    "alt",
    "aria-expanded",
    "aria-hidden",
    "aria-label",
    "aria-pressed",
    "autocomplete",
    "class",
    "d",
    "data-away",
    "data-desk",
    "dir",
    "height",
    "hidden",
    "href",
    "id",
    "lang",
    "loading",
    "maxlength",
    "open",
    "placeholder",
    "rel",
    "role",
    "rows",
    "scope",
    "selected",
    "src",
    "start",
    "tabindex",
    "target",
    "title",
    "type",
    "value",
    "viewBox",
    "width",
    DEED,
];

/// The property, not attribute, that tells what a click does (`deeds.rs`).
pub(crate) const DEED: &str = "porchlightDeed";

/// An element that is being built.
///
/// Boxed, because it is handed on at every call and a tag is large.
pub(crate) struct El(Box<VTag>);

/// An element with this tag and class; an empty class is left away.
#[inline(never)]
pub(crate) fn el(tag: &'static str, class: &str) -> El {
    let mut tag = VTag::new(tag);
    tag.attributes = Attributes::Dynamic { keys: &NAMES, values: vec![None; NAMES.len()].into() };
    let el = El(Box::new(tag));
    if class.is_empty() { el } else { el.with("class", class) }
}

/// A button that looks as its class says, and does the deed in this place.
#[inline(never)]
pub(crate) fn button(class: &str, deed: usize) -> El {
    el("button", class).with("type", "button").with("dir", "auto").does(deed)
}

/// Text by itself.
#[inline(never)]
pub(crate) fn text(text: &str) -> Html {
    VNode::from(VText::new(text.to_owned()))
}

impl El {
    /// With an attribute.
    #[inline(never)]
    pub(crate) fn with(self, name: &'static str, value: &str) -> Self {
        self.set(name, AttributeOrProperty::Attribute(value.to_owned().into()))
    }

    /// Does the deed in this place when it is clicked.
    #[inline(never)]
    pub(crate) fn does(self, deed: usize) -> Self {
        self.set(DEED, AttributeOrProperty::Property(JsValue::from_f64(deed as f64)))
    }

    #[inline(never)]
    fn set(mut self, name: &'static str, value: AttributeOrProperty) -> Self {
        let at = NAMES.iter().position(|known| *known == name);
        debug_assert!(at.is_some(), "{name} is missing in the list of attributes");
        if let Attributes::Dynamic { values, .. } = &mut self.0.attributes
            && let Some(slot) = at.and_then(|at| values.get_mut(at))
        {
            *slot = Some(value);
        }
        self
    }

    /// With an attribute, where there is a value.
    #[inline(never)]
    pub(crate) fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a key, by which it is found again among its siblings.
    #[inline(never)]
    pub(crate) fn keyed(mut self, key: &str) -> Self {
        self.0.key = Some(key.to_owned().into());
        self
    }

    /// Known by this reference.
    #[inline(never)]
    pub(crate) fn known(mut self, by: &NodeRef) -> Self {
        self.0.node_ref = by.clone();
        self
    }

    /// Followed by text.
    #[inline(never)]
    pub(crate) fn text(self, words: &str) -> Self {
        self.add(text(words))
    }

    /// Followed by an element.
    #[inline(never)]
    pub(crate) fn child(self, child: Self) -> Self {
        self.add(child.done())
    }

    /// Followed by a node.
    #[inline(never)]
    pub(crate) fn add(mut self, child: Html) -> Self {
        self.0.add_child(child);
        self
    }

    /// Followed by a node, where there is one. Siblings that may be missing need keys.
    #[inline(never)]
    pub(crate) fn add_some(self, child: Option<Html>) -> Self {
        match child {
            Some(child) => self.add(child),
            None => self,
        }
    }

    /// Followed by nodes.
    #[inline(never)]
    pub(crate) fn add_all(mut self, children: Vec<Html>) -> Self {
        for child in children {
            self.0.add_child(child);
        }
        self
    }

    /// Whether it is an element with this tag.
    #[inline(never)]
    pub(crate) fn is(&self, tag: &str) -> bool {
        self.0.tag() == tag
    }

    /// Built.
    #[inline(never)]
    pub(crate) fn done(self) -> Html {
        VNode::from(*self.0)
    }
}
