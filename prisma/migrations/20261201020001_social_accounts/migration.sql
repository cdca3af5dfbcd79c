-- How a clipper proves that an account is theirs, and what happens to a clip whose video turns out to be by somebody else.

-- A code goes into the profile's bio; the tracker reads the profile and binds the platform's immutable id to this row.
ALTER TABLE social_accounts
  ADD COLUMN display_name       text,
  ADD COLUMN code               text,
  ADD COLUMN code_expires_at    timestamptz(3),
  ADD COLUMN attempts           integer NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- with this code
  ADD COLUMN check_requested_at timestamptz(3), -- the clipper pressed verify
  ADD COLUMN checked_at         timestamptz(3), -- what came of it; earlier than the request: it is being read
  ADD COLUMN check_outcome      text CHECK (check_outcome IN ('VERIFIED', 'NOT_YET', 'NOT_FOUND', 'UNREADABLE', 'TAKEN')),
  ADD COLUMN removed_at         timestamptz(3), -- its submissions keep naming it
  ADD COLUMN version            bigint NOT NULL DEFAULT 1,
  ADD CONSTRAINT social_accounts_code_expires CHECK ((code IS NULL) = (code_expires_at IS NULL)),
  ADD CONSTRAINT social_accounts_outcome_has_time CHECK (check_outcome IS NULL OR checked_at IS NOT NULL);

-- One account belongs to one clipper, until that one removes it.
DROP INDEX social_accounts_verified_key;
CREATE UNIQUE INDEX social_accounts_verified_key ON social_accounts (platform, external_id)
  WHERE verified_at IS NOT NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX social_accounts_live_handle_key ON social_accounts (user_id, platform, lower(handle)) WHERE removed_at IS NULL;
-- Few rows: the profiles that are being read.
CREATE INDEX social_accounts_reading_idx ON social_accounts (check_requested_at)
  WHERE check_requested_at IS NOT NULL AND removed_at IS NULL AND (checked_at IS NULL OR checked_at < check_requested_at);

-- A read showed another author than the submission's account: the clip earns nothing until an admin has looked at it.
ALTER TABLE clip_submissions
  ADD COLUMN held_at           timestamptz(3),
  ADD COLUMN held_reason       text,
  ADD COLUMN accepted_author_id text, -- an author that an admin accepted for this clip, besides its account
  ADD CONSTRAINT clip_submissions_held_has_reason CHECK ((held_at IS NULL) = (held_reason IS NULL));
CREATE INDEX clip_submissions_held_idx ON clip_submissions (held_at, id) WHERE held_at IS NOT NULL AND status = 'APPROVED';

-- Every hold and every release, so that what was settled meanwhile can be settled again the same.
CREATE TABLE submission_hold_changes (
  submission_id     uuid NOT NULL REFERENCES clip_submissions,
  number            integer NOT NULL CHECK (number > 0),
  held              boolean NOT NULL,
  reason            text NOT NULL,
  author_id         text, -- whom the read showed
  settlement_number bigint NOT NULL, -- in force for the campaign's settlements after this one
  actor_id          uuid REFERENCES users, -- none: the tracker
  created_at        timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (submission_id, number),
  -- Held, released, held again: never the same twice in a row.
  CONSTRAINT submission_hold_changes_alternate CHECK (held = (number % 2 = 1))
);
CREATE TRIGGER submission_hold_changes_append_only BEFORE UPDATE OR DELETE ON submission_hold_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_hold_changes_no_truncate BEFORE TRUNCATE ON submission_hold_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON submission_hold_changes TO clipmeter_app;
