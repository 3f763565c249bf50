-- The key ledger: one wrapped key a record. Deleting a row erases the record everywhere.
CREATE TABLE wraps (
    record_id TEXT PRIMARY KEY,
    wrapped BLOB NOT NULL
);
CREATE TABLE ledger_meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
