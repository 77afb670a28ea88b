-- Times are milliseconds since 1970. Turns number what happened to the queue, over all conversations, in the order of
-- commits: the queue's order does not depend on a clock.

CREATE TABLE agents (
    id            TEXT NOT NULL PRIMARY KEY,
    email         TEXT NOT NULL,
    -- The address in lower case. SQLite's own NOCASE knows ASCII only.
    email_key     TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    -- argon2id, PHC string.
    password_hash TEXT NOT NULL,
    created_ms    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    -- SHA-256 of the cookie.
    hash       BLOB NOT NULL PRIMARY KEY,
    agent      TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_agent ON sessions (agent);
CREATE INDEX sessions_by_end ON sessions (expires_ms);

-- What the next event depends on, and what the queue shows, stands in the row and is kept by the transaction that stores
-- the event.
CREATE TABLE conversations (
    number           INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    receipt          TEXT NOT NULL,
    -- SHA-256 of the visitor's token.
    token_hash       BLOB NOT NULL UNIQUE,
    idempotency_key  TEXT NOT NULL UNIQUE,
    name             TEXT,
    email            TEXT,
    lang             TEXT NOT NULL,
    cause            TEXT NOT NULL,
    created_ms       INTEGER NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('waiting', 'assigned', 'closed')),
    assigned         TEXT REFERENCES agents (id),
    -- Number of the event that brought the conversation into its state, and its turn.
    state_seq        INTEGER NOT NULL,
    turn             INTEGER NOT NULL,
    last_seq         INTEGER NOT NULL,
    waiting_since_ms INTEGER,
    -- How long the visitor waited for an agent's first word, and its turn.
    first_reply_ms   INTEGER,
    replied_turn     INTEGER,
    -- First line of what the visitor wrote last.
    latest           TEXT NOT NULL
) STRICT;

CREATE INDEX queue ON conversations (state, turn);
CREATE INDEX first_replies ON conversations (replied_turn) WHERE replied_turn IS NOT NULL;

-- Apart, because SQLite writes a changed row anew as a whole.
CREATE TABLE transcripts (
    conversation INTEGER PRIMARY KEY REFERENCES conversations (number),
    -- JSON.
    body         TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    conversation      INTEGER NOT NULL REFERENCES conversations (number),
    seq               INTEGER NOT NULL CHECK (seq > 0),
    at_ms             INTEGER NOT NULL,
    -- Id and name, as visitors saw it then; NULL for the visitor.
    agent             TEXT,
    agent_name        TEXT,
    kind              TEXT NOT NULL CHECK (kind IN ('handed_off', 'message', 'assigned', 'closed', 'reopened')),
    -- Of messages only.
    client_message_id TEXT,
    text              TEXT,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

-- For ever: a repetition is recognised however late it comes.
CREATE UNIQUE INDEX said_once ON events (conversation, client_message_id) WHERE client_message_id IS NOT NULL;
