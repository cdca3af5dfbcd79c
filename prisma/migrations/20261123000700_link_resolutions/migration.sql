-- Short and share links on their way to the video they lead to. The tracker follows them, because following one means a
-- connection to wherever somebody's paste leads. A row becomes a submission of the same id.
CREATE TABLE link_resolutions (
  id              uuid PRIMARY KEY,
  url             text NOT NULL,
  platform        text NOT NULL CHECK (platform IN ('TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X')),
  user_id         uuid NOT NULL REFERENCES users,
  campaign_id     uuid NOT NULL REFERENCES campaigns,
  status          text NOT NULL DEFAULT 'WAITING' CHECK (status IN ('WAITING', 'RESOLVED', 'FAILED')),
  reason          text, -- one sentence for the clipper
  submission_id   uuid REFERENCES clip_submissions,
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at timestamptz(3) NOT NULL, -- while somebody follows it: when another may
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT link_resolutions_outcome CHECK (
    (submission_id IS NOT NULL) = (status = 'RESOLVED') AND (reason IS NOT NULL) = (status = 'FAILED'))
);
CREATE INDEX link_resolutions_waiting_idx ON link_resolutions (next_attempt_at) WHERE status = 'WAITING';
CREATE INDEX link_resolutions_user_id_created_at_idx ON link_resolutions (user_id, created_at DESC);

GRANT SELECT, INSERT, UPDATE ON link_resolutions TO clipmeter_app;
