//! What happens while people look: the store's commits are told to sockets and waiting requests.

mod conversation;
mod greeting;
pub(crate) mod hub;
mod line;
mod presence;
mod queue;
pub(crate) mod socket;
#[cfg(test)]
mod tests;

use handoff::chat::Farewell;

use crate::store::StoreError;

/// How a socket ends where the store fails: whoever connects again finds out whether it works.
fn failed(error: &StoreError) -> line::End {
    line::End::Bye(match error {
        StoreError::NoConversation(_) => Farewell::NotAllowed,
        StoreError::Closed => Farewell::Restarting,
        error => {
            tracing::error!(%error, "the store failed; a socket is closed");
            Farewell::Restarting
        }
    })
}
