//! Waiting for what must become true, instead of for a while.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// How long anything may take.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks.
const STEP: Duration = Duration::from_millis(25);

/// Looks again and again until `look` gives something.
///
/// # Errors
/// When it takes longer than [`PATIENCE`], with the last error of `look` if its last try failed.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> anyhow::Result<Option<T>>) -> anyhow::Result<T> {
    until_for(PATIENCE, what, look).await
}

/// The same with another patience.
///
/// # Errors
/// As [`until`].
pub async fn until_for<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let begun = Instant::now();
    loop {
        let seen = look().await;
        match seen {
            Ok(Some(found)) => return Ok(found),
            Ok(None) if begun.elapsed() > patience => bail!("waited {patience:?} in vain for {what}"),
            // While a page changes, what was there a moment ago may be gone.
            Err(error) if begun.elapsed() > patience => {
                return Err(error).with_context(|| format!("waited {patience:?} in vain for {what}"));
            }
            _ => tokio::time::sleep(STEP).await,
        }
    }
}
