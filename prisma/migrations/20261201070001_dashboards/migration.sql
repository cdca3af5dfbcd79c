-- What a clip's page, a clipper's home and the admins' overview are read by.

-- The last read that found more views than were known. None: nothing was read since this is kept.
ALTER TABLE clips ADD COLUMN grew_at timestamptz(3);

-- A clip's statement, newest credit first, a page at a time.
DROP INDEX ledger_entries_clip_id_idx;
CREATE INDEX ledger_entries_clip_id_idx ON ledger_entries (clip_id, id) WHERE clip_id IS NOT NULL;

-- A clipper's clips, the latest approved first.
CREATE INDEX clip_submissions_approved_idx ON clip_submissions (user_id, approved_at DESC, id DESC) WHERE approved_at IS NOT NULL;

-- What happened, newest first: settlements that credited something, and changes of status.
CREATE INDEX settlements_credited_idx ON settlements (created_at DESC, id DESC) WHERE credited > 0;
CREATE INDEX submission_status_changes_created_at_idx ON submission_status_changes (created_at DESC, id DESC);
CREATE INDEX campaign_status_changes_created_at_idx ON campaign_status_changes (created_at DESC, id DESC);
