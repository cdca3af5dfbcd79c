-- ── Where the installation stands ────────────────────────────────────────────────────────────────
-- A base backup that is restored keeps the system identifier, and a dump that is restored beside its original keeps the
-- cluster. What changes is the timeline of the write-ahead log in the one case and the table's own id in the other.
CREATE FUNCTION wal_timeline() RETURNS integer LANGUAGE sql AS $$
  SELECT ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer
$$;

ALTER TABLE installation ADD COLUMN timeline integer, ADD COLUMN table_oid oid;
UPDATE installation SET timeline = wal_timeline(), table_oid = 'installation'::regclass;
ALTER TABLE installation ALTER COLUMN timeline SET NOT NULL, ALTER COLUMN table_oid SET NOT NULL;
