-- Rounds that somebody asks for from outside: GET /api/cron/view-tracking. Web asks, the tracker does it, both look here.
CREATE TABLE tracking_rounds (
  id                  uuid PRIMARY KEY,
  kind                text NOT NULL DEFAULT 'CRON' CHECK (kind IN ('CRON')),
  every_clip          boolean NOT NULL, -- every active clip, not only what is due
  clips_max           integer CHECK (clips_max > 0), -- none: no limit
  status              text NOT NULL DEFAULT 'REQUESTED' CHECK (status IN ('REQUESTED', 'RUNNING', 'ENDED')),
  requested_at        timestamptz(3) NOT NULL,
  started_at          timestamptz(3), -- the tracker began to choose its clips
  limit_at            timestamptz(3), -- it ends then whatever is still missing
  ended_at            timestamptz(3),
  chosen              integer NOT NULL DEFAULT 0 CHECK (chosen >= 0),
  processed           integer,
  successful          integer,
  failed              integer,
  earnings_added      numeric(20,6) CHECK (earnings_added >= 0),
  campaigns_completed integer,
  CONSTRAINT tracking_rounds_started_has_limit CHECK ((started_at IS NULL) = (limit_at IS NULL)),
  CONSTRAINT tracking_rounds_running_has_started CHECK (status = 'REQUESTED' OR started_at IS NOT NULL),
  CONSTRAINT tracking_rounds_ended_has_result CHECK ((status = 'ENDED') = (ended_at IS NOT NULL AND processed IS NOT NULL
    AND successful IS NOT NULL AND failed IS NOT NULL AND earnings_added IS NOT NULL AND campaigns_completed IS NOT NULL)),
  CONSTRAINT tracking_rounds_processed_adds_up CHECK (processed = successful + failed AND processed <= chosen)
);
CREATE UNIQUE INDEX tracking_rounds_one_open_key ON tracking_rounds (kind) WHERE status <> 'ENDED';

-- The clips of a round and what became of each. Kept only while the round is open: its sums are in its own row.
CREATE TABLE tracking_round_clips (
  round_id uuid NOT NULL REFERENCES tracking_rounds,
  clip_id  uuid NOT NULL,
  platform text NOT NULL,
  run_id   uuid, -- the run that reads it for this round
  outcome  text CHECK (outcome IN ('READ', 'FAILED', 'SKIPPED')), -- none: it is still waited for
  PRIMARY KEY (round_id, clip_id)
);
CREATE INDEX tracking_round_clips_unclaimed_idx ON tracking_round_clips (clip_id) WHERE run_id IS NULL AND outcome IS NULL;
CREATE INDEX tracking_round_clips_open_idx ON tracking_round_clips (round_id) WHERE outcome IS NULL;

-- Calls of the trigger, counted by minute and outcome: however many come, few rows are written.
CREATE TABLE cron_calls (
  minute     timestamptz(3) NOT NULL,
  outcome    text NOT NULL CHECK (outcome IN ('ENDED', 'RUNNING', 'MALFORMED', 'REFUSED', 'FAILED')),
  calls      bigint NOT NULL CHECK (calls > 0),
  last_seen  timestamptz(3) NOT NULL,
  last_agent text, -- of the last of them; never believed
  PRIMARY KEY (minute, outcome)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON tracking_rounds, tracking_round_clips, cron_calls TO clipmeter_app;
