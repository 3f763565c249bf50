-- The number of the journal entry that last wrote a record: who keeps a copy in memory asks for what came after. It is no
-- content: a restored store begins at nought and the copies begin anew with the process.
ALTER TABLE records ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX records_by_change ON records (kind, changed);

-- How many records stand under the same clear columns, kept in the transaction that writes them, so that the figures beside
-- a list cost the same whatever the number of records. '' stands for none. Made anew from the records by a restore;
-- compared with them by `verify`.
CREATE TABLE counts (
    kind TEXT NOT NULL,
    org TEXT NOT NULL,
    region TEXT NOT NULL,
    state TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (kind, org, region, state)
);
INSERT INTO counts (kind, org, region, state, n)
    SELECT kind, COALESCE(org, ''), COALESCE(region, ''), state, count(*)
    FROM records WHERE erased_at IS NULL
    GROUP BY kind, COALESCE(org, ''), COALESCE(region, ''), state;
