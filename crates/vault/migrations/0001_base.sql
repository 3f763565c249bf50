-- One text for both databases; on PostgreSQL the word BLOB is read as BYTEA.
-- Times are UTC milliseconds; a record without a deadline has due_at 9223372036854775807 so that both
-- databases sort it last.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Everything a store keeps. `sealed` and `summary` open only with the record's own key; the clear columns
-- are bound into the seal, so that they cannot be altered unnoticed.
CREATE TABLE records (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    schema_version BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    org TEXT,
    region TEXT,
    assignee TEXT,
    parent TEXT,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    summary BLOB,
    sealed BLOB,
    erased_at BIGINT
);
-- Erased records leave every index, so that lists and counts read indexes only.
CREATE INDEX records_by_kind ON records (kind, id, state) WHERE erased_at IS NULL;
CREATE INDEX records_by_due ON records (kind, due_at, id, state) WHERE erased_at IS NULL;
CREATE INDEX records_by_state ON records (kind, state, due_at, id) WHERE erased_at IS NULL;
CREATE INDEX records_by_org ON records (kind, org, state, due_at, id) WHERE org IS NOT NULL AND erased_at IS NULL;
CREATE INDEX records_by_region ON records (kind, region, state, due_at, id) WHERE region IS NOT NULL AND erased_at IS NULL;
CREATE INDEX records_by_assignee ON records (kind, assignee, state, due_at, id) WHERE assignee IS NOT NULL AND erased_at IS NULL;
CREATE INDEX records_by_parent ON records (parent, kind, id) WHERE parent IS NOT NULL AND erased_at IS NULL;

-- Keyed digests for equality search; the values themselves are only inside the seals.
CREATE TABLE terms (
    digest BLOB NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (digest, record_id)
);
CREATE INDEX terms_by_record ON terms (record_id);

-- The chained journal. No foreign keys: an entry outlives what it speaks of.
CREATE TABLE journal (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT,
    entry TEXT NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX journal_by_subject ON journal (subject, seq) WHERE subject IS NOT NULL;
CREATE INDEX journal_by_actor ON journal (actor, seq);

CREATE TABLE journal_head (
    one BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash BLOB NOT NULL
);

-- Clocks. The identifier names record, clock and occurrence, so that one clock exists once.
CREATE TABLE timers (
    id TEXT PRIMARY KEY,
    due_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    attempts BIGINT NOT NULL
);
CREATE INDEX timers_due ON timers (due_at, id);

-- Disclosures on their way to another store, and those received: delivered at least once, applied once.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    delivered_at BIGINT,
    attempts BIGINT NOT NULL
);
CREATE INDEX outbox_open ON outbox (created_at, id) WHERE delivered_at IS NULL;
CREATE TABLE inbox (
    id TEXT PRIMARY KEY,
    received_at BIGINT NOT NULL
);

-- Answers already given under an idempotency key. The key is there as a keyed digest only; the answer and
-- the digest of the body it belongs to are sealed.
CREATE TABLE receipts (
    id BLOB PRIMARY KEY,
    sealed BLOB NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX receipts_expiry ON receipts (expires_at);

-- Parts of attachments, each sealed with its record's key.
CREATE TABLE parts (
    record_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (record_id, number)
);

-- Erasures whose key has still to be destroyed in the ledger.
CREATE TABLE erasures (
    record_id TEXT PRIMARY KEY
);

-- Sessions live in the system store only; the token itself is never stored.
CREATE TABLE sessions (
    digest BLOB PRIMARY KEY,
    person TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    strong_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person);
