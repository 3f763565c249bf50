-- The records that a journal entry names besides the one in its column `subject`, so that "who looked at this" finds an entry that
-- names the record second without reading the whole journal. It is no content of its own: made from the entries by the migration
-- and by a restore, and compared with them by `verify`.
CREATE TABLE journal_records (
    record TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (record, seq)
);
