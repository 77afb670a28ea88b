//! What people send, before it is stored: held to the limits, redacted, and brought into a form that every database can
//! hold. The preview in the browser has done the same; the desk relies on nobody for it.

use handoff::{
    api::{NewHandoff, NewMessage, SignIn},
    limits::{self, MESSAGE_BYTES, NAME_BYTES},
    redaction,
};

use crate::{
    agents::password,
    problem::{Fault, Kind},
};

/// A hand-off as it is stored.
pub(crate) fn handoff(new: NewHandoff) -> Result<NewHandoff, Fault> {
    new.transcript.validate().map_err(|error| wrong(format!("`transcript`: {error}")))?;
    Ok(NewHandoff {
        message: text("message", &new.message)?,
        name: short("name", new.name)?,
        email: short("email", new.email)?,
        transcript: new.transcript.cleaned(),
    })
}

/// A message as it is stored.
pub(crate) fn message(new: NewMessage) -> Result<NewMessage, Fault> {
    if !limits::is_id(&new.client_message_id) {
        return Err(wrong(format!(
            "`client_message_id` must be 1 to {} of A-Z a-z 0-9 _ -: make one of 128 random bits for each message.",
            limits::ID_CHARS
        )));
    }
    Ok(NewMessage { text: text("text", &new.text)?, client_message_id: new.client_message_id })
}

/// An idempotency key.
pub(crate) fn idempotency_key(key: &str) -> Result<&str, Fault> {
    if limits::is_id(key) {
        return Ok(key);
    }
    Err(Fault::new(
        Kind::BadRequest,
        format!(
            "The header Idempotency-Key must be 1 to {} of A-Z a-z 0-9 _ -: make one of 128 random bits \
             for each hand-off and keep it until the answer is there.",
            limits::ID_CHARS
        ),
    ))
}

/// What signing in needs, before any work is done for it.
pub(crate) fn sign_in(body: SignIn) -> Result<SignIn, Fault> {
    if body.email.len() > NAME_BYTES {
        return Err(wrong(format!("`email` must be at most {NAME_BYTES} bytes.")));
    }
    if body.password.len() > password::BYTES_MAX {
        return Err(wrong(format!("`password` must be at most {} bytes.", password::BYTES_MAX)));
    }
    // No database holds U+0000, and none is looked for it.
    Ok(SignIn { email: limits::storable(body.email.trim()), password: body.password })
}

fn text(field: &str, text: &str) -> Result<String, Fault> {
    if text.len() > MESSAGE_BYTES {
        return Err(Fault::new(
            Kind::TooLarge,
            format!(
                "`{field}` must be at most {MESSAGE_BYTES} bytes of UTF-8, and has {}. Send it in parts.",
                text.len()
            ),
        ));
    }
    if text.trim().is_empty() {
        return Err(wrong(format!("`{field}` is empty: there is nothing to send.")));
    }
    Ok(redaction::cleaned(text))
}

/// One line; nothing is as good as blank.
fn short(field: &str, text: Option<String>) -> Result<Option<String>, Fault> {
    let Some(text) = text else { return Ok(None) };
    if text.len() > NAME_BYTES {
        return Err(wrong(format!("`{field}` must be at most {NAME_BYTES} bytes of UTF-8.")));
    }
    let text = redaction::cleaned(text.trim());
    if text.chars().any(char::is_control) {
        return Err(wrong(format!("`{field}` must be one line without control characters.")));
    }
    Ok((!text.is_empty()).then_some(text))
}

fn wrong(detail: String) -> Fault {
    Fault::new(Kind::WrongShape, detail)
}
