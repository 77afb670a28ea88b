//! What stands within lines: texts, blanks between them, breaks, pictures.

use answer_messages::{Event, Image, Node};

use super::{Builder, Kind, Reference};

impl Builder {
    /// Adds text of Markdown.
    pub(in crate::markdown) fn text(&mut self, text: &str) {
        if self.context() == Kind::Code {
            self.append(text);
            return;
        }
        let blank = text.chars().all(is_blank);
        let holds_text = matches!(self.context(), Kind::Either | Kind::Words | Kind::Inline | Kind::Link);
        if text.is_empty() || (blank && !holds_text) {
            return;
        }
        self.make_room_for_text();
        let after_blank = matches!(self.events.last(), Some(Event::Text(last)) if last.ends_with(BLANK));
        let text = if after_blank || self.at_start_of_block() { text.trim_start_matches(BLANK) } else { text };
        if text.is_empty() {
            return;
        }
        self.flush_space(text.chars().next());
        if self.code > 0 {
            match self.events.last_mut() {
                Some(Event::Code(code)) => code.push_str(text),
                _ => self.events.push(Event::Code(text.to_owned())),
            }
        } else {
            self.append(text);
        }
    }

    /// Adds text of HTML, where line ends and runs of blanks are one blank.
    pub(in crate::markdown) fn html_text(&mut self, text: &str) {
        if self.context() == Kind::Code {
            self.append(text);
            return;
        }
        let mut words = text.split(is_blank).filter(|word| !word.is_empty()).peekable();
        if text.starts_with(is_blank) {
            self.soft_break();
        }
        while let Some(word) = words.next() {
            self.text(word);
            if words.peek().is_some() || text.ends_with(is_blank) {
                self.soft_break();
            }
        }
    }

    pub(super) fn append(&mut self, text: &str) {
        match self.events.last_mut() {
            Some(Event::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.events.push(Event::Text(text.to_owned())),
        }
    }

    pub(super) fn at_start_of_block(&self) -> bool {
        match self.events.last() {
            None | Some(Event::LineBreak) => true,
            Some(Event::Open(node)) => !Kind::of(node).is_inline(),
            _ => self.pending_break,
        }
    }

    pub(super) fn flush_space(&mut self, next: Option<char>) {
        if std::mem::take(&mut self.pending_break) {
            self.pending_space = false;
            self.events.push(Event::LineBreak);
        }
        if !std::mem::take(&mut self.pending_space) || self.at_start_of_block() {
            return;
        }
        let previous = match self.events.last() {
            Some(Event::Text(text)) => text.chars().next_back(),
            _ => None,
        };
        // Chinese and Japanese are written without blanks: a line end between two characters means nothing.
        let unspaced = previous.is_some_and(is_unspaced) && next.is_some_and(is_unspaced);
        if !unspaced && !previous.is_some_and(is_blank) {
            self.append(" ");
        }
    }

    /// A line end that means no more than a blank.
    pub(in crate::markdown) fn soft_break(&mut self) {
        if self.context() == Kind::Code {
            self.append("\n");
        } else {
            self.pending_space = true;
        }
    }

    /// A line break that is meant.
    pub(in crate::markdown) fn line_break(&mut self) {
        match self.context() {
            Kind::Code => self.append("\n"),
            Kind::Either | Kind::Words | Kind::Inline | Kind::Link if !self.at_start_of_block() => {
                self.pending_space = false;
                self.trim_end();
                self.events.push(Event::LineBreak);
            }
            _ => {}
        }
    }

    /// Adds something that stands among words.
    pub(in crate::markdown) fn inline(&mut self, event: Event) {
        if self.context() == Kind::Code {
            // Only words stand in a block of code.
            if let Event::Code(text) = event {
                self.append(&text);
            }
            return;
        }
        self.make_room_for_text();
        self.flush_space(None);
        self.events.push(event);
    }

    /// Adds a picture whose file is still to be found.
    pub(in crate::markdown) fn image(&mut self, source: String, alt: String, offset: usize) {
        if self.context() == Kind::Code {
            return self.append(&alt);
        }
        self.inline(Event::Image(Image { path: String::new(), alt, size: None }));
        self.images.push(Reference { event: self.events.len() - 1, destination: source, offset });
    }

    /// Adds a thematic break.
    pub(in crate::markdown) fn rule(&mut self) {
        self.end_words();
        self.make_room_for_block(&Node::Paragraph);
        self.events.push(Event::Rule);
    }

    /// Text is code until [`Self::end_code`].
    pub(in crate::markdown) fn begin_code(&mut self) {
        self.code += 1;
    }

    /// Ends what [`Self::begin_code`] began.
    pub(in crate::markdown) fn end_code(&mut self) {
        self.code = self.code.saturating_sub(1);
    }

    /// No code reaches over the end of its block.
    pub(in crate::markdown) fn end_all_code(&mut self) {
        self.code = 0;
    }

    /// Takes blanks and breaks off the end of a block.
    pub(super) fn trim_end(&mut self) {
        loop {
            match self.events.last_mut() {
                Some(Event::Text(text)) => {
                    text.truncate(text.trim_end_matches(BLANK).len());
                    if !text.is_empty() {
                        return;
                    }
                }
                Some(Event::LineBreak) => {}
                _ => return,
            }
            self.events.pop();
        }
    }
}

const BLANK: [char; 3] = [' ', '\n', '\t'];

fn is_blank(c: char) -> bool {
    BLANK.contains(&c)
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF65}')
}
