-- What an admin took back of what a revoked clip had earned: a row for each time, and the cause of its ledger entry.
-- What the clip earned stays what it earned; this stands beside it.
CREATE TABLE earnings_reversals (
  id                uuid PRIMARY KEY,
  submission_id     uuid NOT NULL REFERENCES clip_submissions,
  from_kind         text NOT NULL CHECK (from_kind IN ('pending', 'available')), -- to the budget, or outside
  amount            numeric(20,6) NOT NULL CHECK (amount > 0),
  reason            text NOT NULL,
  settlement_number bigint NOT NULL, -- the campaign's latest settlement when it happened
  actor_id          uuid NOT NULL REFERENCES users,
  created_at        timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX earnings_reversals_submission_id_idx ON earnings_reversals (submission_id);
CREATE TRIGGER earnings_reversals_append_only BEFORE UPDATE OR DELETE ON earnings_reversals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER earnings_reversals_no_truncate BEFORE TRUNCATE ON earnings_reversals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON earnings_reversals TO clipmeter_app;

-- The review queue in its order: what waits for an admin, what waits for the tracker, and what was decided.
CREATE INDEX clip_submissions_waiting_idx ON clip_submissions (created_at, id) WHERE status = 'PENDING' AND approval_requested_at IS NULL;
CREATE INDEX clip_submissions_asked_idx ON clip_submissions (created_at, id) WHERE status = 'PENDING' AND approval_requested_at IS NOT NULL;
CREATE INDEX submission_status_changes_decided_idx ON submission_status_changes (created_at, id) WHERE to_status IN ('APPROVED', 'REJECTED', 'REVOKED');
-- Who submitted a video before.
CREATE INDEX clip_submissions_clip_id_idx ON clip_submissions (clip_id, created_at);
