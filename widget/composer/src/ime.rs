//! When Enter sends, while an input method may still be composing.
//!
//! Browsers differ in the order of `keydown` and `compositionend`, in whether `isComposing` is set, and in whether a
//! second Enter follows. So nothing is ever sent or cleared inside a composition. In Hangul there are no candidates to
//! choose from: Enter means "send", so the wish is remembered, the syllable is let commit, and the box is read on the
//! next task. In every other script Enter belongs to the input method and never sends. `keyCode` 229 says that a key
//! was the input method's, whatever `isComposing` says; but where a line break follows, it did not take it.

/// An Enter key going down.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Enter {
    /// Shift or Alt is held, or the pointer is coarse: a new line is wanted.
    pub(crate) newline: bool,
    /// The event's `isComposing`.
    pub(crate) composing: bool,
    /// The event's `keyCode` is 229.
    pub(crate) input_method: bool,
}

/// What to do about a key, a submit or a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Leave it to the browser and the input method.
    Pass,
    /// Keep the browser from doing anything.
    Hold,
    /// Send what is in the box now.
    Send,
    /// Look again on the next task, by [`Typing::next_task`].
    Later,
    /// Look again, by [`Typing::input`], should nothing be put into the box meanwhile.
    Await,
}

/// What is known of the typing.
#[derive(Debug, Default)]
pub(crate) struct Typing {
    composing: bool,
    /// Whether the latest composition was Hangul.
    hangul: bool,
    /// Enter came inside a composition of Hangul, or the button did.
    wish: bool,
    /// That was the button.
    button: bool,
    /// Enter was left to the input method.
    passed: bool,
    /// A composition of Hangul ended without a text: its last syllable is still to be put in.
    awaited: bool,
    /// A look on the next task has been asked for.
    due: bool,
    /// A new composition began before that look.
    late: bool,
}

impl Typing {
    /// A composition begins.
    pub(crate) fn start(&mut self) {
        self.composing = true;
        self.hangul = false;
    }

    /// The composition now reads so.
    pub(crate) fn update(&mut self, text: &str) {
        self.composing = true;
        if !text.is_empty() {
            self.hangul = text.chars().all(is_hangul);
        }
    }

    /// The composition has ended with this text.
    pub(crate) fn end(&mut self, text: &str) -> Verdict {
        self.update(text);
        self.composing = false;
        if self.wish && !self.button {
            if !self.hangul {
                // Enter has picked a Chinese character for the syllable.
                self.wish = false;
            } else if text.is_empty() {
                // Some input methods of Linux put the syllable in only now.
                self.awaited = true;
                return Verdict::Await;
            }
        }
        if self.wish || self.late { self.later() } else { Verdict::Pass }
    }

    /// Something has been put into the box, or nothing was for longer than that takes.
    pub(crate) fn input(&mut self) -> Verdict {
        if self.awaited && !self.composing { self.later() } else { Verdict::Pass }
    }

    /// The box has lost the focus. No composition outlives that, though some browsers never tell of its end.
    pub(crate) fn blur(&mut self) -> Verdict {
        if !std::mem::take(&mut self.composing) {
            return Verdict::Pass;
        }
        if self.wish || self.late { self.later() } else { Verdict::Pass }
    }

    /// Enter goes down.
    pub(crate) fn enter(&mut self, key: Enter) -> Verdict {
        if !key.composing && !key.input_method {
            // Some browsers never tell of the end of a composition.
            self.composing = false;
        }
        self.passed = false;
        if self.due {
            // The second Enter that some browsers send for the same stroke.
            return Verdict::Hold;
        }
        if key.newline {
            self.wish = false;
            return Verdict::Pass;
        }
        match (self.composing || key.composing, key.input_method) {
            (true, _) if self.hangul => {
                self.wish = true;
                Verdict::Hold
            }
            // The composition ended before its Enter was told of.
            (false, true) if self.hangul => self.later(),
            (false, false) => Verdict::Send,
            _ => {
                self.passed = true;
                Verdict::Pass
            }
        }
    }

    /// Another key goes down: the input method did not take Enter for the end. Where a look is due, what is to be sent is
    /// whole, and this key begins the next message: a page that was held up hears of it before the next task.
    pub(crate) fn other_key(&mut self) -> Verdict {
        (self.wish, self.button, self.passed, self.awaited) = (false, false, false, false);
        if self.composing || !std::mem::take(&mut self.due) { Verdict::Pass } else { Verdict::Send }
    }

    /// The button is pressed or the form submitted.
    pub(crate) fn submit(&mut self) -> Verdict {
        if self.composing {
            (self.wish, self.button) = (true, true);
            Verdict::Hold
        } else {
            Verdict::Send
        }
    }

    /// A line break is about to be typed.
    pub(crate) fn line_break(&mut self) -> Verdict {
        if self.wish || self.due {
            Verdict::Hold
        } else if self.passed {
            // The input method did not take the Enter that was left to it: one that picks a candidate breaks no line.
            self.later()
        } else {
            Verdict::Pass
        }
    }

    /// The next task has come: send, or wait on.
    pub(crate) fn next_task(&mut self) -> Verdict {
        if !std::mem::take(&mut self.due) {
            return Verdict::Pass;
        }
        self.late = self.composing;
        if self.composing { Verdict::Pass } else { Verdict::Send }
    }

    fn later(&mut self) -> Verdict {
        (self.wish, self.button, self.passed, self.awaited) = (false, false, false, false);
        self.late = false;
        self.due = true;
        Verdict::Later
    }
}

fn is_hangul(char: char) -> bool {
    matches!(char, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

#[cfg(test)]
mod tests {
    use super::{Enter, Typing, Verdict};

    const PLAIN: Enter = Enter { newline: false, composing: false, input_method: false };

    /// Plays events and says what became of each: `(` start, `)` end, `t` the next task, `e` Enter, `E` Enter with
    /// `isComposing` and 229, `2` Enter with 229 alone, `s` Shift+Enter, `k` another key, `b` the button, `n` a line
    /// break, `i` input, `x` the focus leaves; anything else is composed.
    fn check(events: &str) -> String {
        let mut typing = Typing::default();
        let mut text = String::new();
        let mut said = String::new();
        for event in events.chars() {
            let verdict = match event {
                '(' => {
                    text.clear();
                    typing.start();
                    continue;
                }
                ')' => typing.end(&text),
                't' => typing.next_task(),
                'e' => typing.enter(PLAIN),
                'E' => typing.enter(Enter { composing: true, input_method: true, ..PLAIN }),
                '2' => typing.enter(Enter { input_method: true, ..PLAIN }),
                's' => typing.enter(Enter { newline: true, ..PLAIN }),
                'b' => typing.submit(),
                'n' => typing.line_break(),
                'i' => typing.input(),
                'x' => typing.blur(),
                'k' => typing.other_key(),
                composed => {
                    text.push(composed);
                    typing.update(&text);
                    continue;
                }
            };
            said.push(match verdict {
                Verdict::Pass => '.',
                Verdict::Hold => 'h',
                Verdict::Send => 'S',
                Verdict::Later => 'L',
                Verdict::Await => 'A',
            });
        }
        said
    }

    #[test]
    fn without_composition() {
        assert_eq!(check("e"), "S");
        assert_eq!(check("sn"), "..");
        assert_eq!(check("b"), "S");
        assert_eq!(check("(한)e"), ".S", "composition long over");
    }

    #[test]
    fn hangul_enter_sends_once() {
        assert_eq!(check("(한E)t"), "hLS", "Enter, then the end");
        assert_eq!(check("(한E)et"), "hLhS", "and a second Enter");
        assert_eq!(check("(한E)nt"), "hLhS", "and a line break");
        assert_eq!(check("(한)2t"), ".LS", "the end before Enter");
        assert_eq!(check("(ㄱE)t"), "hLS", "unfinished syllable");
        assert_eq!(check("(한Ek)"), "h..", "Enter did something else");
        assert_eq!(check("(한E)k(글)t"), "hLS..", "the next message begins before the next task");
        assert_eq!(check("(한)2kt"), ".LS.", "so it does behind a late Enter");
        assert_eq!(check("(한s)"), "..", "Shift+Enter");
    }

    #[test]
    fn never_inside_a_composition() {
        assert_eq!(check("(한E)(글t)t"), "hL.LS", "typing went on before the next task");
        assert_eq!(check("(한E)(글tk)t"), "hL..LS");
        assert_eq!(check("(한b)t"), "hLS", "button");
        assert_eq!(check("(漢b)t"), "hLS", "button, any script");
    }

    #[test]
    fn what_browsers_leave_out() {
        assert_eq!(check("(漢E)2nt"), "...LS", "a line break follows: the Enter was nobody's");
        assert_eq!(check("(かe"), "S", "no end was told of, yet Enter is a plain one");
        assert_eq!(check("(한bx)t"), "hL.S", "the button, and no end but the focus's");
    }

    #[test]
    fn candidates_belong_to_the_input_method() {
        for events in ["(かE)", "(漢E)", "(woE)", "(か)2", "(漢)2", "(한漢E)", "(E)"] {
            assert_eq!(check(events), "..", "{events}");
        }
        assert_eq!(check("(漢E)e"), "..S");
    }
}
