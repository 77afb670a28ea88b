//! Where the log stands: it follows what is new only for those who look at its end.

use web_sys::HtmlElement;
use yew::NodeRef;

/// How near counts as the end, in pixels.
const NEAR: i32 = 48;

/// The scrolling of the log.
#[derive(Default)]
pub(crate) struct Scroll {
    /// It stood at its end before the last drawing, or is to stand there.
    follow: bool,
    /// Something came that lies below what is seen.
    below: bool,
}

impl Scroll {
    /// Before drawing.
    pub(crate) fn remember(&mut self, scroller: &NodeRef) {
        self.follow |= scroller.cast().is_none_or(|scroller| is_at_end(&scroller));
    }

    /// The end is to be shown, wherever it stood.
    pub(crate) fn show_latest(&mut self) {
        self.follow = true;
    }

    /// Something new is about to be drawn.
    pub(crate) fn came(&mut self) {
        self.below = !self.follow;
    }

    /// After drawing.
    pub(crate) fn settle(&mut self, scroller: &NodeRef) {
        if std::mem::take(&mut self.follow)
            && let Some(scroller) = scroller.cast::<HtmlElement>()
        {
            scroller.set_scroll_top(scroller.scroll_height());
        }
    }

    /// The visitor has scrolled. Gives whether something is to be drawn anew.
    pub(crate) fn moved(&mut self, scroller: &NodeRef) -> bool {
        self.below && scroller.cast().is_some_and(|scroller| is_at_end(&scroller)) && {
            self.below = false;
            true
        }
    }

    /// Whether something new lies below what is seen.
    pub(crate) fn is_below(&self) -> bool {
        self.below && !self.follow
    }
}

fn is_at_end(scroller: &HtmlElement) -> bool {
    scroller.scroll_height() - scroller.client_height() - scroller.scroll_top() <= NEAR
}
