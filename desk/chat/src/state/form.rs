//! The form before sending: what would be sent, and what the visitor strikes out of it.

use std::collections::BTreeSet;

use handoff::{
    Transcript,
    api::{NewHandoff, Problem},
    limits::{HANDOFF_BYTES, MESSAGE_BYTES, NAME_BYTES},
    redaction::cleaned,
    transcript::Page,
};

use super::{Field, KeptForm, Mark, Opening};
use crate::names::may_be_email;

/// Why it cannot be sent as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Complaint {
    /// There is no message.
    MessageMissing,
    /// The message is too long.
    MessageLong,
    /// The name is too long.
    NameLong,
    /// The e-mail address is none.
    EmailWrong,
    /// All together is too much.
    TooMuch,
}

impl Complaint {
    /// The box that it is about.
    pub(crate) fn field(self) -> Option<Field> {
        match self {
            Self::MessageMissing | Self::MessageLong => Some(Field::Message),
            Self::NameLong => Some(Field::Name),
            Self::EmailWrong => Some(Field::Email),
            Self::TooMuch => None,
        }
    }
}

/// Something to know above the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The desk does not know the earlier conversation any more.
    Gone {
        /// Whether messages of it were given back into the form.
        unsent: bool,
    },
    /// The desk did not take what was sent.
    Refused(Problem),
}

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Form {
    /// All that could be sent of the visit, as it would be stored.
    material: Transcript,
    struck: BTreeSet<Mark>,
    page_struck: bool,
    /// The message, as it was typed.
    pub(crate) message: String,
    /// The name.
    pub(crate) name: String,
    /// The e-mail address.
    pub(crate) email: String,
    /// Whether the visitor touched the message.
    touched: bool,
    /// Why it could not be sent.
    pub(crate) complaint: Option<Complaint>,
    /// Something to know.
    pub(crate) notice: Option<Notice>,
    /// Passages that are shown whole: place of the entry, and of the article in it.
    whole: BTreeSet<(usize, usize)>,
    /// Whether the body is shown as it is sent.
    pub(crate) raw: bool,
}

impl Form {
    /// The form for a visit, with what was typed before.
    pub(crate) fn new(opening: &Opening, kept: KeptForm) -> Self {
        let touched = kept.message.is_some();
        Self {
            material: opening.material(),
            struck: kept.struck.into_iter().collect(),
            page_struck: kept.page_struck,
            message: kept.message.unwrap_or_else(|| opening.last_question()),
            name: kept.name,
            email: kept.email,
            touched,
            complaint: None,
            notice: None,
            whole: BTreeSet::new(),
            raw: false,
        }
    }

    /// The form for a hand-off that came back from the desk; what was struck out then is gone.
    pub(crate) fn again(handoff: NewHandoff) -> Self {
        Self {
            material: handoff.transcript,
            struck: BTreeSet::new(),
            page_struck: false,
            message: handoff.message,
            name: handoff.name.unwrap_or_default(),
            email: handoff.email.unwrap_or_default(),
            touched: true,
            complaint: None,
            notice: None,
            whole: BTreeSet::new(),
            raw: false,
        }
    }

    /// The visit has gone on. Gives whether the message has become another.
    pub(crate) fn refresh(&mut self, opening: &Opening) -> bool {
        self.material = opening.material();
        self.whole.clear();
        let question = opening.last_question();
        let other = !self.touched && self.message != question;
        if other {
            self.message = question;
        }
        other
    }

    /// What is kept of it while the tab lives.
    pub(crate) fn kept(&self) -> KeptForm {
        KeptForm {
            message: self.touched.then(|| self.message.clone()),
            name: self.name.clone(),
            email: self.email.clone(),
            struck: self.struck.iter().copied().collect(),
            page_struck: self.page_struck,
        }
    }

    /// Whether the visitor has written into it.
    pub(crate) fn is_touched(&self) -> bool {
        self.touched
    }

    /// A box has this text now.
    pub(crate) fn typed(&mut self, field: Field, text: String) {
        let (slot, touches) = match field {
            Field::Message => (&mut self.message, true),
            Field::Name => (&mut self.name, false),
            Field::Email => (&mut self.email, false),
        };
        *slot = text;
        self.touched |= touches;
        let of_field = |complaint: &Complaint| complaint.field().is_none_or(|of| of == field);
        if self.complaint.as_ref().is_some_and(of_field) {
            self.complaint = None;
        }
    }

    /// All that could be sent of the visit.
    pub(crate) fn material(&self) -> &Transcript {
        &self.material
    }

    /// Whether the entry at this place is struck out.
    pub(crate) fn is_struck(&self, place: usize) -> bool {
        self.struck.contains(&self.mark(place))
    }

    /// Whether the page is struck out.
    pub(crate) fn is_page_struck(&self) -> bool {
        self.page_struck
    }

    /// Strikes the entry at this place out, or puts it back.
    pub(crate) fn strike(&mut self, place: usize) {
        let mark = self.mark(place);
        if !self.struck.remove(&mark) {
            self.struck.insert(mark);
        }
        self.complaint = None;
    }

    /// Strikes the page out, or puts it back.
    pub(crate) fn strike_page(&mut self) {
        self.page_struck = !self.page_struck;
        self.complaint = None;
    }

    /// Whether a passage is shown whole.
    pub(crate) fn is_whole(&self, place: usize, article: usize) -> bool {
        self.whole.contains(&(place, article))
    }

    /// Shows all of a passage, or its beginning.
    pub(crate) fn toggle_whole(&mut self, place: usize, article: usize) {
        if !self.whole.remove(&(place, article)) {
            self.whole.insert((place, article));
        }
    }

    fn mark(&self, place: usize) -> Mark {
        let entries = &self.material.entries;
        let at_ms = entries.get(place).map(|entry| entry.at_ms).unwrap_or_default();
        let before = entries.iter().take(place).filter(|entry| entry.at_ms == at_ms).count();
        Mark { at_ms, nth: u32::try_from(before).unwrap_or(u32::MAX) }
    }

    /// The transcript as it is sent.
    pub(crate) fn transcript(&self) -> Transcript {
        let places: Vec<usize> = (0..self.material.entries.len()).filter(|place| self.is_struck(*place)).collect();
        let mut transcript = self.material.without(&places);
        if self.page_struck {
            transcript.page = Page::default();
        }
        transcript
    }

    /// The message as it is sent.
    pub(crate) fn cleaned_message(&self) -> String {
        cleaned(&self.message)
    }

    /// What is sent.
    pub(crate) fn handoff(&self) -> NewHandoff {
        let given = |text: String| (!text.is_empty()).then_some(text);
        NewHandoff {
            message: self.cleaned_message(),
            name: given(line(&self.name)),
            email: given(line(&self.email)),
            transcript: self.transcript(),
        }
    }

    /// What is sent, byte for byte.
    ///
    /// # Errors
    /// What has to be put right first.
    pub(crate) fn body(&self) -> Result<String, Complaint> {
        let handoff = self.handoff();
        let longer = |text: &Option<String>| text.as_ref().is_some_and(|text| text.len() > NAME_BYTES);
        if handoff.message.is_empty() {
            return Err(Complaint::MessageMissing);
        }
        if handoff.message.len() > MESSAGE_BYTES {
            return Err(Complaint::MessageLong);
        }
        if longer(&handoff.name) {
            return Err(Complaint::NameLong);
        }
        if longer(&handoff.email) || handoff.email.is_some_and(|email| !may_be_email(&email)) {
            return Err(Complaint::EmailWrong);
        }
        let body = serde_json::to_string(&self.handoff()).map_err(|_| Complaint::TooMuch)?;
        if body.len() > HANDOFF_BYTES { Err(Complaint::TooMuch) } else { Ok(body) }
    }
}

/// A name or an address as it is stored: on one line.
fn line(text: &str) -> String {
    let text = cleaned(text).replace(char::is_control, " ");
    text.trim().to_owned()
}
