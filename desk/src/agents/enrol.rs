//! Adding an agent, from outside of a running desk.

use std::sync::Arc;

use handoff::{
    api::{Agent, Role},
    limits::NAME_BYTES,
};

use crate::{
    clock,
    random::{self, NoRandomness},
    store::{NewAgent, Store, StoreError},
};

use super::password::{self, BYTES_MAX, CHARACTERS_MIN, HashError};

/// The agent was not added.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// What was given cannot be taken: what is wrong and what to do.
    #[error("{0}")]
    Refused(String),
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password cannot be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// No id can be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Adds an agent who signs in with this password. Without a name, the part of his address before the `@` is what
/// visitors see.
///
/// # Errors
/// [`EnrolError`]; nothing is added then.
pub async fn add_agent(
    store: &Arc<dyn Store>,
    email: &str,
    name: Option<&str>,
    role: Role,
    password: &str,
) -> Result<Agent, EnrolError> {
    let refused = |text: String| Err(EnrolError::Refused(text));
    let email = email.trim();
    let Some((local, _)) = email.split_once('@').filter(|(local, host)| !local.is_empty() && !host.is_empty()) else {
        return refused(format!("`{email}` is no e-mail address: write one as in mina@example.com"));
    };
    if email.len() > NAME_BYTES || email.chars().any(|sign| sign.is_control() || sign.is_whitespace()) {
        return refused(format!("an e-mail address has at most {NAME_BYTES} bytes, and no spaces"));
    }
    let name = name.unwrap_or(local).trim();
    if name.is_empty() || name.len() > NAME_BYTES || name.chars().any(char::is_control) {
        return refused(format!("a name is one line of at most {NAME_BYTES} bytes"));
    }
    if password.chars().count() < CHARACTERS_MIN || password.len() > BYTES_MAX {
        return refused(format!("a password has at least {CHARACTERS_MIN} characters and at most {BYTES_MAX} bytes"));
    }
    let agent = NewAgent {
        id: random::id()?,
        email: email.to_owned(),
        name: name.to_owned(),
        role,
        password_hash: password::hash(password)?,
        now_ms: clock::now_ms(),
    };
    Ok(store.add_agent(agent).await?)
}

/// A password that nobody can guess: 100 random bits in four groups, without signs that look like others.
///
/// # Errors
/// [`NoRandomness`] where the system gives none.
pub fn new_password() -> Result<String, NoRandomness> {
    const ALPHABET: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
    let signs = random::bytes::<20>()?.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    Ok(signs.chunks(5).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords() {
        let (one, other) = (new_password().unwrap(), new_password().unwrap());
        assert_eq!((one.len(), one.matches('-').count()), (23, 3), "{one}");
        assert_ne!(one, other);
    }
}
