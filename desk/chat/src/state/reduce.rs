use desk_client::{Output, Status};
use desk_connection::Failure;
use handoff::{
    api::{Problem, Receipt},
    limits::MESSAGE_BYTES,
};

use super::{Action, Effect, Field, Form, KeptForm, Notice, Opening, Restored, Sending, Stage, State, Talk, Target};
use crate::text::Lang;

/// How long the connection may be away before that is said, in milliseconds: most losses are mended sooner.
const AWAY_MS: u32 = 3_000;

impl State {
    /// Lets something happen, and says what is to be done about it, in order.
    pub(crate) fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.step(action, &mut effects);
        self.settle(&mut effects);
        effects
    }

    fn step(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Outside if !self.connected => self.stage = Stage::Outside,
            Action::Outside => {}
            Action::Accepted(restored) => self.accept(*restored, effects),
            Action::Opened(opening) => self.open(*opening),
            Action::Visible(visible) => self.visible = visible,
            Action::Shown(shown) => self.shown = shown,
            Action::Undurable => self.durable = false,

            Action::Typed(field, text) => self.edit(effects, |form| form.typed(field, text)),
            Action::Strike(place) => self.edit(effects, |form| form.strike(place)),
            Action::StrikePage => self.edit(effects, Form::strike_page),
            Action::Whole(place, article) => self.edit(effects, |form| form.toggle_whole(place, article)),
            Action::Raw(raw) => self.edit(effects, |form| form.raw = raw),
            Action::Submit { key } => self.submit(key, effects),

            Action::Posted { key, result, random } => self.posted(&key, result, random, effects),
            Action::Retry => self.retry(effects),
            Action::Hurry => {
                self.retry(effects);
                if matches!(self.stage, Stage::Talking(_)) {
                    effects.push(Effect::Hurry);
                }
            }
            Action::Edit => {
                if matches!(&self.stage, Stage::Sending(sending) if sending.may_edit()) {
                    self.back_to_form(None, effects);
                }
            }

            Action::Heard(output) => self.hear(output, effects),
            Action::StillAway => {
                if let Stage::Talking(talk) = &mut self.stage {
                    talk.away = !matches!(talk.status, Status::Live | Status::Ended(_));
                }
            }
            Action::Typing(text) => {
                if let Stage::Talking(talk) = &mut self.stage {
                    effects.push(Effect::KeepTyping(text.clone()));
                    talk.typing = text;
                    talk.too_long = false;
                }
            }
            Action::Say(text) => self.say(text, effects),
            Action::PutBack(id) => {
                if let Stage::Talking(talk) = &mut self.stage
                    && let Some(text) = talk.take_refused(&id)
                {
                    talk.typing = joined([talk.typing.as_str(), &text]);
                    effects.push(Effect::KeepTyping(talk.typing.clone()));
                    effects.push(Effect::Focus(Target::Area));
                    self.fills += 1;
                }
            }
            Action::AskNew(asking) => {
                if let Stage::Talking(talk) = &mut self.stage {
                    talk.asking = asking;
                }
            }
            Action::StartNew => self.leave(false, true, effects),

            Action::Elsewhere(Some(receipt)) => {
                let idle = match &self.stage {
                    Stage::Form(form) => !form.is_touched(),
                    Stage::Waiting => self.connected,
                    _ => false,
                };
                if idle {
                    self.talk(receipt, None, 0, effects);
                }
            }
            Action::Elsewhere(None) => self.leave(false, false, effects),
            Action::SeenElsewhere { conversation, seen } => {
                if let Stage::Talking(talk) = &mut self.stage
                    && talk.receipt.conversation == conversation
                {
                    talk.seen = talk.seen.max(seen);
                }
            }
        }
    }

    /// What follows from how things stand: what was shown counts as seen, and the host page is told what has changed.
    fn settle(&mut self, effects: &mut Vec<Effect>) {
        if !self.connected {
            return;
        }
        let seeing = self.visible && self.shown;
        let (mut talking, mut unread) = (matches!(self.stage, Stage::Sending(_)), 0);
        if let Stage::Talking(talk) = &mut self.stage {
            if seeing && talk.last() > talk.seen {
                talk.seen = talk.last();
                let conversation = talk.receipt.conversation.clone();
                effects.push(Effect::KeepSeen { conversation, seen: talk.seen });
            }
            talking = !talk.is_closed();
            unread = talk.unread();
        }
        if self.told.talking.replace(talking) != Some(talking) {
            effects.push(Effect::TellTalking(talking));
        }
        if std::mem::replace(&mut self.told.unread, unread) != unread {
            effects.push(Effect::TellUnread(unread));
        }
    }

    fn accept(&mut self, restored: Restored, effects: &mut Vec<Effect>) {
        let Restored { handoff, conversation, seen, form, typing, durable } = restored;
        self.connected = true;
        self.durable = durable;
        self.typed = form;
        self.stage = Stage::Waiting;
        if let Some(kept) = handoff {
            let (key, body) = (kept.key.clone(), kept.body.clone());
            match Sending::restored(kept) {
                Some(sending) => {
                    self.stage = Stage::Sending(Box::new(sending));
                    effects.push(Effect::Post { key, body });
                    return;
                }
                None => effects.push(Effect::ForgetHandoff { key }),
            }
        }
        if let Some(receipt) = conversation {
            self.talk(receipt, None, seen, effects);
            if let Stage::Talking(talk) = &mut self.stage {
                talk.typing = typing;
            }
        }
    }

    fn open(&mut self, opening: Opening) {
        self.lang = Lang::of(Some(&opening.lang));
        self.opening = opening;
        match &mut self.stage {
            Stage::Waiting if self.connected => {
                let form = Form::new(&self.opening, self.typed.clone());
                self.stage = Stage::Form(Box::new(form));
                self.fills += 1;
            }
            Stage::Form(form) => self.fills += u32::from(form.refresh(&self.opening)),
            _ => {}
        }
    }

    fn edit(&mut self, effects: &mut Vec<Effect>, change: impl FnOnce(&mut Form)) {
        if let Stage::Form(form) = &mut self.stage {
            change(form);
            let kept = form.kept();
            if kept != self.typed {
                self.typed = kept.clone();
                effects.push(Effect::KeepForm(Some(kept)));
            }
        }
    }

    fn submit(&mut self, key: String, effects: &mut Vec<Effect>) {
        let Stage::Form(form) = &mut self.stage else {
            return;
        };
        match form.body() {
            Err(complaint) => {
                form.complaint = Some(complaint);
                if let Some(field) = complaint.field() {
                    effects.push(Effect::Focus(Target::Field(field)));
                }
            }
            Ok(body) => {
                effects.push(Effect::KeepHandoff { key: key.clone(), body: body.clone() });
                effects.push(Effect::Post { key: key.clone(), body: body.clone() });
                effects.push(Effect::Focus(Target::Status));
                form.notice = None;
                self.stage = Stage::Sending(Box::new(Sending::new(key, body, (**form).clone())));
            }
        }
    }

    fn posted(&mut self, key: &str, result: Result<Receipt, Failure>, random: u64, effects: &mut Vec<Effect>) {
        let Stage::Sending(sending) = &mut self.stage else {
            return;
        };
        if sending.key != key {
            return;
        }
        match result {
            Ok(receipt) => {
                let first = std::mem::take(&mut sending.message);
                self.typed = KeptForm::default();
                effects.push(Effect::KeepConversation(receipt.clone()));
                effects.push(Effect::ForgetHandoff { key: key.to_owned() });
                effects.push(Effect::KeepForm(None));
                self.talk(receipt, Some(first), 0, effects);
            }
            Err(Failure::Refused(problem)) if is_final(problem.status) => self.back_to_form(Some(problem), effects),
            Err(failure) => {
                // Too many at once: the desk says that it did not look at it.
                let certain = matches!(failure, Failure::Refused(Problem { status: 429, .. }));
                effects.push(Effect::RetryIn(sending.fail(certain, random)));
            }
        }
    }

    fn retry(&mut self, effects: &mut Vec<Effect>) {
        if let Stage::Sending(sending) = &mut self.stage
            && !sending.running
        {
            sending.running = true;
            effects.push(Effect::Post { key: sending.key.clone(), body: sending.body.clone() });
        }
    }

    /// The hand-off will not be stored as it is: the form again, with all that was in it.
    fn back_to_form(&mut self, problem: Option<Problem>, effects: &mut Vec<Effect>) {
        let Stage::Sending(sending) = std::mem::replace(&mut self.stage, Stage::Waiting) else {
            return;
        };
        effects.push(Effect::ForgetHandoff { key: sending.key.clone() });
        let form = sending.into_form();
        let mut form = form.unwrap_or_else(|| Form::new(&self.opening, self.typed.clone()));
        form.notice = problem.map(Notice::Refused);
        self.show_form(form, effects);
    }

    fn show_form(&mut self, form: Form, effects: &mut Vec<Effect>) {
        self.typed = form.kept();
        effects.push(Effect::KeepForm(Some(self.typed.clone())));
        effects.push(Effect::Focus(Target::Field(Field::Message)));
        self.stage = Stage::Form(Box::new(form));
        self.fills += 1;
    }

    fn talk(&mut self, receipt: Receipt, first: Option<String>, seen: u64, effects: &mut Vec<Effect>) {
        self.stage = Stage::Talking(Box::new(Talk::new(receipt.clone(), first, seen)));
        self.fills += 1;
        effects.push(Effect::Connect(receipt));
        effects.push(Effect::ShowLatest);
    }

    fn hear(&mut self, output: Output, effects: &mut Vec<Effect>) {
        let Stage::Talking(talk) = &mut self.stage else {
            return;
        };
        if talk.hear(output) {
            effects.push(Effect::WatchIn(AWAY_MS));
        }
        if talk.is_gone() {
            self.leave(true, true, effects);
        }
    }

    fn say(&mut self, text: String, effects: &mut Vec<Effect>) {
        if let Stage::Talking(talk) = &mut self.stage {
            talk.too_long = text.len() > MESSAGE_BYTES;
            if talk.too_long {
                talk.typing = text;
                self.fills += 1;
            } else {
                talk.typing = String::new();
                effects.push(Effect::Write(text));
                effects.push(Effect::ShowLatest);
            }
            effects.push(Effect::KeepTyping(talk.typing.clone()));
        }
    }

    /// The conversation is left: the form again, with what was not sent. `gone`: the desk does not accept the token.
    /// `forget`: what is kept of it goes too.
    fn leave(&mut self, gone: bool, forget: bool, effects: &mut Vec<Effect>) {
        let Stage::Talking(talk) = &self.stage else {
            return;
        };
        let texts = talk.unsent().map(|draft| draft.text.as_str()).chain([talk.typing.as_str()]);
        let unsent = joined(texts);
        effects.push(Effect::Disconnect);
        if forget {
            effects.push(Effect::ForgetConversation { conversation: talk.receipt.conversation.clone() });
        }
        effects.push(Effect::KeepTyping(String::new()));
        let notice = gone.then_some(Notice::Gone { unsent: !unsent.is_empty() });
        let mut kept = std::mem::take(&mut self.typed);
        if !unsent.is_empty() {
            kept.message = Some(unsent);
        }
        let mut form = Form::new(&self.opening, kept);
        form.notice = notice;
        self.show_form(form, effects);
    }
}

/// Whether an answer of this status is the desk's last word on what was sent.
fn is_final(status: u16) -> bool {
    (400..500).contains(&status) && !matches!(status, 408 | 425 | 429)
}

/// Texts one under the other, without empty ones.
fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<&str> = texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}
