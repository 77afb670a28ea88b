//! How the loader reaches the panel, whether Yew has drawn it yet or not.

use std::{cell::RefCell, rc::Rc};

use yew::Callback;

/// What the loader can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Show the panel.
    Open {
        /// Ask this.
        question: Option<String>,
        /// Show the article with this slug.
        article: Option<String>,
        /// Leave the focus where it is: the visitor did not ask for the panel on this page.
        quiet: bool,
    },
    /// Hide the panel.
    Close,
}

/// A line to the panel. Clones are the same line.
#[derive(Clone)]
pub(crate) struct Remote(Rc<RefCell<Line>>);

enum Line {
    Waiting(Vec<Command>),
    Listening(Callback<Command>),
}

impl Remote {
    /// A line that nobody listens to yet.
    pub(crate) fn new() -> Self {
        Self(Rc::new(RefCell::new(Line::Waiting(Vec::new()))))
    }

    /// Sends a command; it waits until somebody listens.
    pub(crate) fn send(&self, command: Command) {
        let listener = match &mut *self.0.borrow_mut() {
            Line::Waiting(commands) => {
                commands.push(command);
                return;
            }
            Line::Listening(listener) => listener.clone(),
        };
        listener.emit(command);
    }

    /// Gives all commands, those that wait first, to `listener`.
    pub(crate) fn listen(&self, listener: Callback<Command>) {
        let before = self.0.replace(Line::Listening(listener.clone()));
        if let Line::Waiting(commands) = before {
            for command in commands {
                listener.emit(command);
            }
        }
    }
}

impl PartialEq for Remote {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use super::{Command, Remote};

    #[test]
    fn commands_wait_for_a_listener() {
        let open = |question: &str| Command::Open { question: Some(question.into()), article: None, quiet: false };
        let heard = Rc::new(RefCell::new(Vec::new()));
        let remote = Remote::new();
        remote.send(open("a"));
        remote.send(Command::Close);
        remote.listen({
            let heard = heard.clone();
            (move |command| heard.borrow_mut().push(command)).into()
        });
        remote.send(open("b"));
        assert_eq!(*heard.borrow(), [open("a"), Command::Close, open("b")]);
    }
}
