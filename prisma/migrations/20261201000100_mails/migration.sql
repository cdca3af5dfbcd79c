-- ── Mails ────────────────────────────────────────────────────────────────────────────────────────
-- A mail is written in the transaction that causes it and sent by a tracker: a mail server that is down holds nothing up.
CREATE TABLE mails (
  id              uuid PRIMARY KEY,
  user_id         uuid REFERENCES users ON DELETE CASCADE, -- none: somebody who has no account
  to_address      text NOT NULL,
  kind            text NOT NULL,
  cause           text NOT NULL,
  subject         text NOT NULL,
  body            text NOT NULL, -- plain text; paragraphs are parted by an empty line
  link            text, -- a path of the web app, or a whole address that holds a secret of its own
  link_label      text,
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at timestamptz(3) NOT NULL,
  lease_until     timestamptz(3),
  sent_at         timestamptz(3),
  failed_at       timestamptz(3), -- given up
  last_error      text,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT mails_once UNIQUE (to_address, kind, cause),
  CONSTRAINT mails_sent_or_failed CHECK (sent_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX mails_waiting_idx ON mails (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX mails_user_id_idx ON mails (user_id);

-- What somebody chose; where there is no row, the group's default holds.
CREATE TABLE notification_preferences (
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  group_name text NOT NULL,
  mail       boolean NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, group_name)
);

-- The bell counts what is unread.
CREATE INDEX notifications_unread_idx ON notifications (user_id) WHERE read_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON mails, notification_preferences TO clipmeter_app;
