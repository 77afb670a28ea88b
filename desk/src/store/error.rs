use std::sync::Arc;

use sqlx::migrate::MigrateError;

/// Why the store did not do it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such conversation.
    #[error("there is no conversation {0}")]
    NoConversation(String),
    /// It does not go together with what is stored: the client's message id was used by somebody else, the e-mail address
    /// is taken, the conversation is closed.
    #[error("{0}")]
    Conflict(String),
    /// The database failed. The caller may try again: what was stored all the same is recognised.
    #[error("the database failed: {0}")]
    Database(Arc<sqlx::Error>),
    /// The database could not be brought to this version's form.
    #[error("the database could not be migrated: {0}; restore a backup or start with an empty database")]
    Migration(Arc<MigrateError>),
    /// The database was written by a newer desk.
    #[error(
        "the database has form {found}, and this desk knows forms up to {known}; start the newer desk again, or restore a \
         backup from before it"
    )]
    Newer {
        /// Form of the database.
        found: i64,
        /// Newest form that this desk knows.
        known: i64,
    },
    /// A stored record could not be read.
    #[error("a stored record could not be read ({0}); check the database")]
    Damaged(String),
    /// The store has been closed.
    #[error("the store is closed; the desk is being stopped")]
    Closed,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolClosed => Self::Closed,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Damaged(error.to_string()),
            other => Self::Database(Arc::new(other)),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        Self::Migration(Arc::new(error))
    }
}
