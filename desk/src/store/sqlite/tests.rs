//! The stories, in a file and in memory, and what only SQLite has.

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use futures_util::future::join_all;
use handoff::chat::Participant;
use sqlx::{Row, query, query_scalar};
use tempfile::TempDir;

use super::*;
use crate::store::stories::{Home, append, events, fresh, handoff, kept_stories, message, open, stale, stories};

struct File {
    folder: TempDir,
}

impl File {
    fn path(&self) -> PathBuf {
        self.folder.path().join("new/folder/desk.db")
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.path().display())
    }

    async fn store(&self) -> SqliteStore {
        SqliteStore::connect(&self.url()).await.expect("opened")
    }

    /// Changes the file behind the store's back.
    async fn alter(&self, sql: &'static str) {
        let options = self.url().parse::<sqlx::sqlite::SqliteConnectOptions>().expect("address");
        let pool = SqlitePool::connect_with(options.foreign_keys(false)).await.expect("opened");
        query(sql).execute(&pool).await.expect("altered");
        pool.close().await;
    }
}

#[async_trait]
impl Home for File {
    async fn new() -> Self {
        Self { folder: TempDir::new().expect("folder") }
    }

    async fn connect(&self) -> Arc<dyn Store> {
        Arc::new(self.store().await)
    }
}

struct Memory;

#[async_trait]
impl Home for Memory {
    async fn new() -> Self {
        Self
    }

    async fn connect(&self) -> Arc<dyn Store> {
        Arc::new(SqliteStore::connect("sqlite::memory:").await.expect("opened"))
    }
}

mod in_file {
    use super::*;
    stories!(File);
    kept_stories!(File);
}

mod in_memory {
    use super::*;
    stories!(Memory);
}

const VISITOR: Participant = Participant::Visitor;

/// Runs this first in every transaction from now on.
async fn sabotage(store: &SqliteStore, sql: Option<&'static str>) {
    // Fails by itself, if need be.
    let _ = store.ask(|slot| Command::Sabotage { sql, slot }).await;
}

#[tokio::test]
async fn connections_are_set_as_promised() {
    let home = File::new().await;
    let place = open::Place::of(&home.url()).expect("address");
    let mut writer = place.prepare().await.expect("prepared");
    let readers = place.readers().await.expect("readers");
    let mut reader = readers.acquire().await.expect("reader");
    for (pragma, written, read) in [
        ("PRAGMA journal_mode", "wal", "wal"),
        ("PRAGMA synchronous", "2", "2"),
        ("PRAGMA foreign_keys", "1", "1"),
        ("PRAGMA busy_timeout", "10000", "10000"),
        ("PRAGMA journal_size_limit", "16777216", "16777216"),
        ("PRAGMA fullfsync", "1", "1"),
        ("PRAGMA query_only", "0", "1"),
    ] {
        let value = |row: sqlx::sqlite::SqliteRow| {
            row.try_get::<String, _>(0).or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string()))
        };
        let row = query(pragma).fetch_one(&mut writer).await.expect(pragma);
        assert_eq!(value(row).expect(pragma), written, "{pragma}");
        let row = query(pragma).fetch_one(&mut *reader).await.expect(pragma);
        assert_eq!(value(row).expect(pragma), read, "{pragma}");
    }
    let refused = query("DELETE FROM events").execute(&mut *reader).await;
    assert!(refused.is_err(), "{refused:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = File::new().await;
    let store = home.store().await;
    open(&store, "Mina", 1).await;
    for end in ["", "-wal", "-shm"] {
        let file = format!("{}{end}", home.path().display());
        assert_eq!(std::fs::metadata(&file).expect(&file).permissions().mode() & 0o777, 0o600, "{file}");
    }
    store.close().await;
    // Closed in order, the log is in the file.
    assert!(!PathBuf::from(format!("{}-wal", home.path().display())).exists());
}

#[tokio::test]
async fn addresses_that_lead_nowhere() {
    let home = File::new().await;
    std::fs::write(home.folder.path().join("file"), "not a folder").expect("written");
    let below_a_file = format!("sqlite:{}/file/desk.db", home.folder.path().display());
    let not_a_database = format!("sqlite:{}/file", home.folder.path().display());
    for address in ["postgres://localhost/desk", "desk.db", "sqlite:", "sqlite://", &below_a_file, &not_a_database] {
        let connected = SqliteStore::connect(address).await;
        assert!(matches!(connected, Err(StoreError::Database(_))), "{address}: {connected:?}");
    }
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let home = File::new().await;
    home.store().await.close().await;
    home.alter(
        "INSERT INTO _sqlx_migrations SELECT 99, 'later', installed_on, success, checksum, 0 FROM _sqlx_migrations",
    )
    .await;
    let refused = SqliteStore::connect(&home.url()).await.expect_err("refused");
    assert!(matches!(refused, StoreError::Newer { found: 99, known: 1 }), "{refused:?}");
    insta::assert_snapshot!(refused, @"the database has form 99, and this desk knows forms up to 1; start the newer desk again, or restore a backup from before it");
    // And left as it is.
    home.alter("DELETE FROM _sqlx_migrations WHERE version = 99").await;
    home.store().await.close().await;
}

#[tokio::test]
async fn a_changed_form_is_refused() {
    let home = File::new().await;
    home.store().await.close().await;
    home.alter("UPDATE _sqlx_migrations SET checksum = x'00'").await;
    let refused = SqliteStore::connect(&home.url()).await.expect_err("refused");
    assert!(matches!(refused, StoreError::Migration(_)), "{refused:?}");
}

#[test]
fn all_migrations_are_compiled_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/sqlite/migrations");
    let files = std::fs::read_dir(folder).expect("folder").count();
    assert_eq!(open::MIGRATIONS.iter().count(), files, "touch open.rs");
}

#[tokio::test]
async fn what_a_killed_desk_has_left_is_synced_before_it_counts() {
    let (killed, home, alone) = (File::new().await, File::new().await, File::new().await);
    let copy = |from: &File, to: &File, ends: &[&str]| {
        std::fs::create_dir_all(to.path().parent().expect("folder")).expect("made");
        for end in ends {
            let path = |file: &File| format!("{}{end}", file.path().display());
            std::fs::copy(path(from), path(to)).expect("copied");
        }
    };
    let store = killed.store().await;
    let mina = open(&store, "Mina", 1).await;
    // The log with it: as after a kill.
    copy(&killed, &home, &["", "-wal"]);
    store.close().await;
    let store = home.store().await;
    let stored = events(&store, &mina).await;
    // The file without it: all that was synced by then.
    copy(&home, &alone, &[""]);
    store.close().await;
    let store = alone.store().await;
    assert_eq!(events(&store, &mina).await, stored);
    assert_eq!(stored.len(), 2);
    store.close().await;
}

/// Nobody is acknowledged, nobody is told, and afterwards all goes on.
async fn check_failure(sql: &'static str) {
    let home = File::new().await;
    let store = home.store().await;
    let mina = open(&store, "Mina", 1).await;
    let mut watch = store.watch();
    sabotage(&store, Some(sql)).await;
    let text = "x".repeat(20_000);
    let send = async |number: u32| append(&store, &mina, &VISITOR, message(&format!("m{number}"), &text), 2).await;
    for appended in join_all((0..300).map(send)).await {
        assert!(matches!(appended, Err(StoreError::Database(_))), "{appended:?}");
    }
    let jun = NewConversation { message: text.clone(), ..handoff("Jun", 2) };
    let opened = store.open(jun.clone()).await;
    assert!(matches!(opened, Err(StoreError::Database(_))), "{opened:?}");
    assert!(watch.try_recv().is_err());
    assert_eq!(events(&store, &mina).await.len(), 2);

    // The handle that failed is not used again: what was set on it would hold still.
    sabotage(&store, None).await;
    for appended in join_all((0..300).map(send)).await {
        assert!(appended.expect("appended").fresh);
    }
    for event in events(&store, &mina).await.into_iter().skip(2) {
        assert_eq!(watch.try_recv().expect("told").event, event);
    }
    assert!(store.open(jun).await.expect("opened").fresh);
    store.close().await;
}

#[tokio::test]
async fn a_full_disk() {
    check_failure("PRAGMA max_page_count = 1").await;
}

#[tokio::test]
async fn a_commit_that_fails() {
    check_failure(
        "PRAGMA defer_foreign_keys = ON;
         INSERT INTO events (conversation, seq, at_ms, kind) VALUES (-1, 1, 1, 'handed_off')",
    )
    .await;
}

#[tokio::test]
async fn one_damaged_conversation_does_not_harm_others() {
    let home = File::new().await;
    let store = home.store().await;
    let (mina, jun) = (open(&store, "Mina", 1).await, open(&store, "Jun", 1).await);
    // Its next number is taken.
    home.alter("UPDATE conversations SET last_seq = 1 WHERE id = 'conversation-Mina'").await;
    let send = async |number: u32| {
        let conversation = if number == 25 { &mina } else { &jun };
        append(&store, conversation, &VISITOR, message(&format!("m{number}"), ""), 2).await
    };
    for (appended, number) in join_all((0..50).map(send)).await.into_iter().zip(0..) {
        match number {
            25 => assert!(matches!(appended, Err(StoreError::Database(_))), "{appended:?}"),
            _ => assert!(appended.expect("appended").fresh),
        }
    }
    assert_eq!(events(&store, &jun).await.len(), 2 + 49);
    // A word that nobody knows.
    home.alter(
        "PRAGMA ignore_check_constraints = ON; UPDATE conversations SET state = 'lost' WHERE id = 'conversation-Mina'",
    )
    .await;
    let all = join_all([&mina, &jun].map(|id| append(&store, id, &VISITOR, message("n", ""), 3))).await;
    assert!(matches!(all[0], Err(StoreError::Damaged(_))), "{all:?}");
    assert!(all[1].is_ok(), "{all:?}");
    let conversation = store.conversation(&mina).await;
    assert!(matches!(conversation, Err(StoreError::Damaged(_))), "{conversation:?}");
    store.close().await;
}

#[tokio::test]
async fn a_nul_is_kept() {
    let home = File::new().await;
    let store = home.store().await;
    let mina = open(&store, "Mina", 1).await;
    fresh(&store, &mina, &VISITOR, message("m\0", "a\0b"), 2).await;
    assert_eq!(events(&store, &mina).await[2].what, message("m\0", "a\0b"));
    assert_eq!(stale(&store, &mina, &VISITOR, message("m\0", ""), 2).await, 3);
    store.close().await;
}

#[tokio::test]
async fn two_stores_on_one_file_do_not_get_in_each_others_way() {
    let home = File::new().await;
    let (desk, other) = (home.store().await, home.store().await);
    let mina = open(&desk, "Mina", 1).await;
    let write = async |store: &SqliteStore, name: &str| {
        for number in 0..20 {
            fresh(store, &mina, &VISITOR, message(&format!("{name}{number}"), ""), 2).await;
        }
    };
    futures_util::future::join(write(&desk, "a"), write(&other, "b")).await;
    assert_eq!(events(&desk, &mina).await.len(), 42);
    desk.close().await;
    other.close().await;
}

#[tokio::test]
async fn ended_sessions_are_forgotten() {
    let home = File::new().await;
    let store = home.store().await;
    crate::store::stories::agent(&store, "Ann").await;
    let open = async |byte, expires_ms| {
        store.open_session(Session { hash: [byte; 32], agent: "agent-Ann".into(), expires_ms }).await.expect("stored");
    };
    let count = async || {
        query_scalar::<_, i64>("SELECT count(*) FROM sessions").fetch_one(&store.readers).await.expect("count")
    };
    open(1, 1_000).await;
    open(2, 2_000).await;
    assert_eq!(count().await, 2);
    store.session([2; 32], 1_000).await.expect("read");
    open(3, 3_000).await;
    assert_eq!(count().await, 2);
    store.close().await;
}
