//! Opens the database: where it is, how it must be set, and which form it has.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    migrate::{MigrateError, Migrator},
    query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::store::StoreError;

/// A new file needs this one to be compiled again; a test counts them.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("src/store/sqlite/migrations");

/// How long a connection waits for another process that writes, such as `desk agent add`.
const BUSY: Duration = Duration::from_secs(10);
/// Connections for reading.
const READERS: u32 = 4;
/// Rows that SQLite's thread may be ahead of the reader: more, and it need not be woken in the middle of a page.
const ROWS_AHEAD: usize = 512;

/// Where the database is.
#[derive(Clone, Debug)]
pub(super) struct Place {
    options: SqliteConnectOptions,
    /// `None` in memory.
    file: Option<PathBuf>,
}

impl Place {
    pub(super) fn of(url: &str) -> Result<Self, StoreError> {
        if !url.starts_with("sqlite:") {
            return Err(misconfigured(format!("the address {url:?} does not start with \"sqlite:\"")));
        }
        let options = SqliteConnectOptions::from_str(url)?;
        let in_memory = url.contains(":memory:") || url.contains("mode=memory");
        let file = (!in_memory).then(|| options.get_filename().to_owned());
        if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
            return Err(misconfigured(format!("the address {url:?} names no file")));
        }
        let options = options
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // On macOS a plain fsync does not reach the disk; elsewhere this changes nothing.
            .pragma("fullfsync", "1")
            .pragma("checkpoint_fullfsync", "1")
            // A page that changes with every commit is copied from the log to the file once in so many pages (16 MiB), not
            // more often; after that the log shrinks to this again.
            .pragma("wal_autocheckpoint", "4096")
            .pragma("journal_size_limit", "16777216")
            // What a statement may have to take back, it keeps in memory.
            .pragma("temp_store", "MEMORY")
            // Kibibytes.
            .pragma("cache_size", "-16384")
            .row_buffer_size(ROWS_AHEAD)
            .disable_statement_logging();
        Ok(Self { options, file })
    }

    /// Makes folder and file where they are missing, and brings the database to this version's form.
    pub(super) async fn prepare(&self) -> Result<SqliteConnection, StoreError> {
        if let Some(file) = &self.file {
            make(file).map_err(|error| {
                let error = std::io::Error::new(error.kind(), format!("{}: {error}", file.display()));
                sqlx::Error::Io(error)
            })?;
        }
        let mut connection = self.writer().await?;
        // One transaction around all: of two desks that start at once, the second finds everything done.
        let mut migration = connection.begin_with("BEGIN IMMEDIATE").await?;
        MIGRATIONS.run_direct(None, &mut *migration, false).await.map_err(newer)?;
        migration.commit().await?;
        Ok(connection)
    }

    /// The connection that writes. What it finds in the log may never have been synced: a desk that was killed between
    /// writing and syncing has acknowledged none of it, yet to its successor it looks stored, and a repetition would be
    /// acknowledged without another sync. A checkpoint syncs the log first.
    pub(super) async fn writer(&self) -> Result<SqliteConnection, StoreError> {
        let mut connection = self.options.connect().await?;
        query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await?;
        Ok(connection)
    }

    /// Connections that only read.
    pub(super) async fn readers(&self) -> Result<SqlitePool, StoreError> {
        let options = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(READERS)
            // They are to a file, not over a network: nothing ends them.
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None);
        Ok(options.connect_with(self.options.clone().pragma("query_only", "1")).await?)
    }
}

fn misconfigured(why: String) -> StoreError {
    sqlx::Error::Configuration(why.into()).into()
}

fn make(file: &Path) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    // Log and index of the log get the same rights from SQLite.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn newer(error: MigrateError) -> StoreError {
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    match error {
        MigrateError::VersionMissing(found) if found > known => StoreError::Newer { found, known },
        other => other.into(),
    }
}
