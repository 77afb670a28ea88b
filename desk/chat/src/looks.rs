//! How the host site looks: its two colours and accent, roundness and font, so far as they are what they say.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What may be set: the host's name for it, the variable, and the property whose values it takes.
const KNOWN: [(&str, &str, &str); 5] = [
    ("accent", "--porchlight-accent", "color"),
    ("surface", "--porchlight-surface", "color"),
    ("text", "--porchlight-text", "color"),
    ("radius", "--porchlight-radius", "border-top-left-radius"),
    ("font", "--porchlight-font", "font-family"),
];

/// Characters of the longest value.
const LONGEST: usize = 256;

/// Variables and their values, as the host page gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Looks(Vec<(&'static str, &'static str, String)>);

impl Looks {
    /// Picks what is known; `of` gives the host's value, empty where there is none.
    pub(crate) fn read(of: impl Fn(&str) -> String) -> Self {
        let known =
            KNOWN.into_iter().map(|(name, variable, property)| (variable, property, of(name).trim().to_owned()));
        Self(known.filter(|(.., value)| is_plain(value)).collect())
    }

    /// Sets the variables that the browser takes for values of their kind, and takes all others back. Written through the
    /// object model, which policies on inline styles leave alone.
    pub(crate) fn apply(&self) {
        let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        for (_, variable, _) in KNOWN {
            let _ = root.style().remove_property(variable);
        }
        for (variable, property, value) in &self.0 {
            if web_sys::css::supports_with_value(property, value).unwrap_or(false) {
                let _ = root.style().set_property(variable, value);
            }
        }
    }
}

/// Whether a value says itself what it is: no address to fetch, no variable whose value would be taken unseen, no end of
/// the declaration.
fn is_plain(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let sly = ["url(", "var(", "env(", "attr(", "image(", "image-set(", "/*"].iter().any(|sly| lower.contains(sly));
    !value.is_empty() && value.chars().count() <= LONGEST && !value.contains([';', '{', '}', '\\', '!']) && !sly
}

#[cfg(test)]
mod tests {
    use super::Looks;

    #[test]
    fn only_plain_values_are_taken() {
        let check = |value: &str, taken: bool| {
            let looks = Looks::read(|name| if name == "accent" { value.to_owned() } else { String::new() });
            assert_eq!(!looks.0.is_empty(), taken, "{value}");
        };
        check("#9a5b00", true);
        check(" rgb(1 2 3 / 50%) ", true);
        check("color-mix(in srgb, red, blue)", true);
        check("\"Noto Sans KR\", sans-serif", true);
        check("", false);
        check("url(https://evil.example/x)", false);
        check("URL(x)", false);
        check("var(--x)", false);
        check("red; background: url(x)", false);
        check("red }", false);
        check("\\75rl(x)", false);
        check("red !important", false);
        check(&"a".repeat(257), false);
    }
}
