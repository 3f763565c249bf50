-- The number of the journal entry that last wrote a record: who keeps a copy in memory asks for what came after. It is no
-- content: a restored store begins at nought and the copies begin anew with the process.
ALTER TABLE records ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX records_by_change ON records (kind, changed);
-- Counts by state and region in one walk over an index, without a sort.
CREATE INDEX records_by_state_region ON records (kind, state, region) WHERE erased_at IS NULL;
