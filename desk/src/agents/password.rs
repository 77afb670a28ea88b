//! Passwords: argon2id, one at a time for each core, so that a flood of sign-ins leaves the conversations alone.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use crate::problem::{Fault, Kind};

/// Most bytes of a password.
pub(crate) const BYTES_MAX: usize = 1024;
/// Fewest characters of a password that somebody chooses.
pub(crate) const CHARACTERS_MIN: usize = 8;
/// How long a sign-in may wait for its turn.
const TURN: Duration = Duration::from_secs(10);
/// Stands in for the hash of an account that does not exist: checking it costs the same, and no password fits.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cG9yY2hsaWdodC1kZWNveQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password cannot be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed: {0}")]
pub struct HashError(String);

/// The cost that OWASP asks for: 19 MiB, two passes, one lane.
fn argon2() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| HashError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of a password with a salt of its own, as a PHC string. Takes some ten milliseconds.
pub(crate) fn hash(password: &str) -> Result<String, HashError> {
    let hash: PasswordHash =
        argon2()?.hash_password(password.as_bytes()).map_err(|error| HashError(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password fits a hash. A hash that cannot be read fits none.
fn fits(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

/// Checks passwords in turn.
pub(crate) struct Passwords(Arc<Semaphore>);

impl Passwords {
    /// One turn for each core.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(available_parallelism().map_or(1, usize::from))))
    }

    /// Whether a password fits the hash of an account; without an account the same work is done for nothing.
    pub(crate) async fn check(&self, password: String, hash: Option<String>) -> Result<bool, Fault> {
        let busy = || Fault::new(Kind::TooMany, "Many sign in at once. Try again in a moment.").retry_after(5);
        let turn = timeout(TURN, Arc::clone(&self.0).acquire_owned()).await;
        let turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        let known = hash.is_some();
        let checked = spawn_blocking(move || {
            // Held until the work is done, also where nobody waits for it any more.
            let _turn = turn;
            fits(&password, hash.as_deref().unwrap_or(DECOY))
        });
        match checked.await {
            Ok(fits) => Ok(fits && known),
            Err(error) => {
                tracing::error!(%error, "a password could not be checked");
                Err(Fault::new(Kind::Failed, "The password could not be checked. The desk's log says more."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn hashes() {
        let hash = hash("한글 password").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits("한글 password", &hash));
        assert!(!fits("한글 passwore", &hash));
        assert!(!fits("", &hash));
        assert!(!fits("", "nonsense"));
    }

    #[tokio::test]
    async fn an_unknown_account_costs_the_same() {
        let passwords = Passwords::new();
        let stored = hash("right").unwrap();
        let took = async |hash: Option<String>| {
            let start = Instant::now();
            assert!(!passwords.check("wrong".into(), hash).await.unwrap());
            start.elapsed()
        };
        // In turns, for what else the machine does comes and goes; and the quickest, which that disturbs least.
        let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
        for _ in 0..10 {
            known = known.min(took(Some(stored.clone())).await);
            unknown = unknown.min(took(None).await);
        }
        let ratio = known.as_secs_f64() / unknown.as_secs_f64();
        assert!((0.5..2.0).contains(&ratio), "{known:?} against {unknown:?}");
        assert!(passwords.check("right".into(), Some(stored)).await.unwrap());
        assert!(!passwords.check("anything".into(), None).await.unwrap());
    }

    #[test]
    fn the_decoy_is_a_hash_of_the_same_cost() {
        let decoy = PasswordHash::new(DECOY).unwrap();
        assert_eq!(decoy.params.to_string(), "m=19456,t=2,p=1");
        assert!(decoy.hash.is_some() && decoy.salt.is_some());
    }
}
