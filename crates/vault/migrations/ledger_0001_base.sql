-- The key ledger: one wrapped key a record. Emptying it erases the record everywhere; the empty row stays, so
-- that neither a backup nor a new record of the same name can bring the key back.
CREATE TABLE wraps (
    record_id TEXT PRIMARY KEY,
    wrapped BLOB NOT NULL
);
CREATE TABLE ledger_meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
