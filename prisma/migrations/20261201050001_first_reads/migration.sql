-- ── The first read of a submission ───────────────────────────────────────────────────────────────
-- A video is read once when it is submitted: whose it is, when it was posted, how it is received. No money moves by it.
ALTER TABLE clip_submissions
  ADD COLUMN first_read_at      timestamptz(3), -- none while it is PENDING: the tracker is still to read it
  ADD COLUMN first_read_blocked text; -- why that takes longer, in words

ALTER TABLE clips
  ADD COLUMN likes    bigint CHECK (likes >= 0), -- none: the platform did not say
  ADD COLUMN comments bigint CHECK (comments >= 0),
  ADD COLUMN shares   bigint CHECK (shares >= 0);

-- An approval read the video too. What waits without one is read now.
UPDATE clip_submissions SET first_read_at = approved_at WHERE approved_at IS NOT NULL;
INSERT INTO clip_schedules (clip_id, platform, next_due_at, urgent)
  SELECT c.id, c.platform, now(), true FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id WHERE cs.status = 'PENDING'
  ON CONFLICT (clip_id) DO NOTHING;

-- Somebody's submissions, newest first: all of them, or those of one status.
DROP INDEX clip_submissions_user_id_idx;
CREATE INDEX clip_submissions_user_id_idx ON clip_submissions (user_id, created_at, id);
CREATE INDEX clip_submissions_user_id_status_idx ON clip_submissions (user_id, status, created_at, id);

-- ── Pictures ─────────────────────────────────────────────────────────────────────────────────────
-- Addresses of pictures are signed and expire within hours, so the tracker keeps a copy. A row without a picture is work.
CREATE TABLE clip_thumbnails (
  clip_id         uuid PRIMARY KEY REFERENCES clips,
  content_type    text CHECK (content_type IN ('image/jpeg', 'image/png', 'image/webp')),
  image           bytea CHECK (octet_length(image) BETWEEN 1 AND 204800),
  fetched_at      timestamptz(3),
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at timestamptz(3), -- none: it is there, or nobody tries again
  CONSTRAINT clip_thumbnails_whole CHECK (
    (image IS NULL) = (content_type IS NULL) AND (image IS NULL) = (fetched_at IS NULL)
    AND (image IS NULL OR next_attempt_at IS NULL))
);
CREATE INDEX clip_thumbnails_waiting_idx ON clip_thumbnails (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON clip_thumbnails TO clipmeter_app;
