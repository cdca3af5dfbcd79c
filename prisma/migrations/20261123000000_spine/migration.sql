-- The spine: accounts of people, campaigns, clips, view snapshots, settlements, the ledger, the event log.
-- Money is NUMERIC(20,6): micros, exactly. Times are timestamptz(3): what a JavaScript Date can hold.

-- ── What this database is ────────────────────────────────────────────────────────────────────────
CREATE TABLE installation (
  id                 smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  views_source       text CHECK (views_source IN ('simulated', 'real')),
  -- The cursors of the event log begin anew in another cluster, where transaction ids are others.
  cursor_generation  integer NOT NULL DEFAULT 1,
  system_identifier  bigint NOT NULL,
  -- The newest event that was dropped with its partition: a cursor at or below it has lost something.
  events_dropped_xid xid8 NOT NULL DEFAULT '0',
  created_at         timestamptz(3) NOT NULL DEFAULT now()
);
INSERT INTO installation (system_identifier) SELECT system_identifier FROM pg_control_system();

-- ── People and sign-in ───────────────────────────────────────────────────────────────────────────
CREATE TABLE users (
  id             uuid PRIMARY KEY,
  name           text NOT NULL,
  email          text NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image          text,
  role           text NOT NULL DEFAULT 'CLIPPER' CHECK (role IN ('CLIPPER', 'ADMIN')),
  suspended_at   timestamptz(3),
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  updated_at     timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  token      text NOT NULL UNIQUE,
  expires_at timestamptz(3) NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

-- Sign-in methods (a password, an OAuth identity), in better-auth's shape; not to be confused with ledger_accounts.
CREATE TABLE accounts (
  id                       uuid PRIMARY KEY,
  user_id                  uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  account_id               text NOT NULL,
  provider_id              text NOT NULL,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope                    text,
  password                 text,
  created_at               timestamptz(3) NOT NULL DEFAULT now(),
  updated_at               timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT accounts_provider_id_account_id_key UNIQUE (provider_id, account_id)
);
CREATE INDEX accounts_user_id_idx ON accounts (user_id);

CREATE TABLE verifications (
  id         uuid PRIMARY KEY,
  identifier text NOT NULL,
  value      text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX verifications_identifier_idx ON verifications (identifier);

-- A clipper's account on a platform. external_id is the platform's immutable id, bound when ownership is proved.
CREATE TABLE social_accounts (
  id          uuid PRIMARY KEY,
  user_id     uuid NOT NULL REFERENCES users,
  platform    text NOT NULL CHECK (platform IN ('TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X')),
  handle      text NOT NULL,
  external_id text,
  verified_at timestamptz(3),
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  CHECK (verified_at IS NULL OR external_id IS NOT NULL)
);
CREATE UNIQUE INDEX social_accounts_verified_key ON social_accounts (platform, external_id) WHERE verified_at IS NOT NULL;
CREATE INDEX social_accounts_user_id_idx ON social_accounts (user_id);

-- ── Campaigns ────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE campaigns (
  id                 uuid PRIMARY KEY,
  title              text NOT NULL,
  description        text NOT NULL DEFAULT '',
  brand              text NOT NULL,
  currency           text NOT NULL DEFAULT 'USD',
  budget             numeric(20,6) NOT NULL CHECK (budget > 0),
  spent              numeric(20,6) NOT NULL DEFAULT 0 CHECK (spent >= 0),
  -- What its clips are expected to earn until their next reads. A forecast: it is in no sum.
  expected           numeric(20,6) NOT NULL DEFAULT 0 CHECK (expected >= 0),
  payout_rate        numeric(20,6) NOT NULL CHECK (payout_rate > 0), -- for 1,000 views
  cap_per_clip       numeric(20,6) CHECK (cap_per_clip > 0),
  min_views          bigint NOT NULL DEFAULT 0 CHECK (min_views >= 0),
  platforms          text[] NOT NULL CHECK (cardinality(platforms) > 0 AND platforms <@ ARRAY['TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X']),
  status             text NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED')),
  starts_at          timestamptz(3),
  deadline           timestamptz(3),
  closing_round_id   uuid,
  completed_at       timestamptz(3),
  completion_reason  text CHECK (completion_reason IN ('BUDGET', 'DEADLINE', 'ADMIN', 'CANCELLED')),
  released_at        timestamptz(3), -- pending → available is done for every clipper
  settlement_number  bigint NOT NULL DEFAULT 0, -- the number of its latest settlement
  version            bigint NOT NULL DEFAULT 1,
  created_by         uuid NOT NULL REFERENCES users,
  created_at         timestamptz(3) NOT NULL DEFAULT now(),
  updated_at         timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT campaigns_spent_within_budget CHECK (spent <= budget),
  CONSTRAINT campaigns_final_has_reason CHECK ((status IN ('COMPLETED', 'CANCELLED')) = (completed_at IS NOT NULL AND completion_reason IS NOT NULL)),
  CONSTRAINT campaigns_released_after_final CHECK (released_at IS NULL OR completed_at IS NOT NULL)
);
CREATE INDEX campaigns_status_idx ON campaigns (status, deadline);

CREATE TABLE campaign_fundings (
  id                uuid PRIMARY KEY,
  campaign_id       uuid NOT NULL REFERENCES campaigns,
  kind              text NOT NULL CHECK (kind IN ('FUNDING', 'TOP_UP')),
  amount            numeric(20,6) NOT NULL CHECK (amount > 0),
  settlement_number bigint NOT NULL, -- the campaign's latest settlement when it happened
  actor_id          uuid NOT NULL REFERENCES users,
  created_at        timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX campaign_fundings_campaign_id_idx ON campaign_fundings (campaign_id);

CREATE TABLE campaign_status_changes (
  id                uuid PRIMARY KEY,
  campaign_id       uuid NOT NULL REFERENCES campaigns,
  from_status       text,
  to_status         text NOT NULL,
  reason            text,
  settlement_number bigint NOT NULL,
  actor_id          uuid REFERENCES users, -- none: the tracker
  created_at        timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX campaign_status_changes_campaign_id_idx ON campaign_status_changes (campaign_id, created_at);

-- ── Clips and submissions ────────────────────────────────────────────────────────────────────────
-- A clip is a video on a platform, known by platform and external id, however often it was submitted.
CREATE TABLE clips (
  id            uuid PRIMARY KEY,
  platform      text NOT NULL CHECK (platform IN ('TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X')),
  external_id   text NOT NULL,
  url           text NOT NULL,
  title         text,
  author_id     text,
  author_handle text,
  thumbnail_url text,
  published_at  timestamptz(3),
  duration_ms   bigint,
  availability  text NOT NULL DEFAULT 'UNREAD' CHECK (availability IN ('UNREAD', 'LIVE', 'PRIVATE', 'GONE')),
  views         bigint NOT NULL DEFAULT 0 CHECK (views >= 0), -- latest definite count of metric
  metric        text CHECK (metric IN ('plays', 'views', 'impressions')),
  earnings      numeric(20,6) NOT NULL DEFAULT 0 CHECK (earnings >= 0), -- lifetime; payouts never change it
  last_read_at  timestamptz(3),
  version       bigint NOT NULL DEFAULT 1,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT clips_platform_external_id_key UNIQUE (platform, external_id)
);

CREATE TABLE clip_submissions (
  id                    uuid PRIMARY KEY,
  campaign_id           uuid NOT NULL REFERENCES campaigns,
  clip_id               uuid NOT NULL REFERENCES clips,
  user_id               uuid NOT NULL REFERENCES users,
  social_account_id     uuid REFERENCES social_accounts,
  status                text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'REVOKED')),
  -- An admin said yes; the tracker reads the video and freezes baseline and terms. Until then it stays PENDING.
  approval_requested_at timestamptz(3),
  approval_requested_by uuid REFERENCES users,
  approval_blocked      text, -- why the approval still waits, in words
  approved_at           timestamptz(3),
  rejection_reason      text,
  -- Frozen at approval:
  metric                text CHECK (metric IN ('plays', 'views', 'impressions')),
  initial_views         bigint CHECK (initial_views >= 0),
  payout_rate           numeric(20,6) CHECK (payout_rate > 0),
  cap                   numeric(20,6) CHECK (cap > 0),
  min_views             bigint CHECK (min_views >= 0),
  carried               numeric(20,6) NOT NULL DEFAULT 0 CHECK (carried >= 0), -- earned before a re-base
  earnings_base         numeric(20,6) NOT NULL DEFAULT 0 CHECK (earnings_base >= 0), -- the clip's earnings when it was approved
  doubtful_views        bigint, -- a jump beyond the bound, waiting for a second read
  final_earnings        numeric(20,6) CHECK (final_earnings >= 0), -- set when its campaign has released
  created_at            timestamptz(3) NOT NULL DEFAULT now(),
  updated_at            timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT clip_submissions_approved_has_terms CHECK (status NOT IN ('APPROVED', 'REVOKED') OR
    (approved_at IS NOT NULL AND metric IS NOT NULL AND initial_views IS NOT NULL AND payout_rate IS NOT NULL AND min_views IS NOT NULL)),
  CONSTRAINT clip_submissions_rejected_has_reason CHECK (status <> 'REJECTED' OR rejection_reason IS NOT NULL)
);
CREATE UNIQUE INDEX clip_submissions_one_live_key ON clip_submissions (clip_id) WHERE status IN ('PENDING', 'APPROVED');
CREATE INDEX clip_submissions_campaign_id_status_idx ON clip_submissions (campaign_id, status);
CREATE INDEX clip_submissions_user_id_idx ON clip_submissions (user_id, created_at);

-- Every set of terms a submission ever had: 1 at approval, one more for each re-base.
CREATE TABLE submission_terms (
  submission_id     uuid NOT NULL REFERENCES clip_submissions,
  number            integer NOT NULL CHECK (number > 0),
  metric            text NOT NULL,
  initial_views     bigint NOT NULL,
  payout_rate       numeric(20,6) NOT NULL,
  cap               numeric(20,6),
  min_views         bigint NOT NULL,
  carried           numeric(20,6) NOT NULL,
  earnings_base     numeric(20,6) NOT NULL,
  settlement_number bigint NOT NULL, -- in force for the campaign's settlements after this one
  actor_id          uuid REFERENCES users,
  created_at        timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (submission_id, number)
);

CREATE TABLE submission_status_changes (
  id                uuid PRIMARY KEY,
  submission_id     uuid NOT NULL REFERENCES clip_submissions,
  from_status       text,
  to_status         text NOT NULL,
  reason            text,
  settlement_number bigint NOT NULL,
  actor_id          uuid REFERENCES users,
  created_at        timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX submission_status_changes_submission_id_idx ON submission_status_changes (submission_id, created_at);

-- When a clip is read next. A row exists only while something wants the clip read. Narrow: its churn stays off clips.
CREATE TABLE clip_schedules (
  clip_id         uuid PRIMARY KEY REFERENCES clips,
  platform        text NOT NULL,
  next_due_at     timestamptz(3) NOT NULL,
  lease_until     timestamptz(3),
  run_id          uuid, -- the scrape run that holds the lease
  urgent          boolean NOT NULL DEFAULT false, -- an approval or a closing round waits for it
  velocity        double precision NOT NULL DEFAULT 0 CHECK (velocity >= 0), -- views an hour
  expected        numeric(20,6) NOT NULL DEFAULT 0 CHECK (expected >= 0), -- its share of campaigns.expected
  failures        integer NOT NULL DEFAULT 0 CHECK (failures >= 0), -- reads in a row without a definite answer
  last_outcome    text, -- found | not_found | private | unknown
  last_reason     text,
  not_found_at    timestamptz(3) -- the first of the not_found answers in a row
) WITH (fillfactor = 70);
CREATE INDEX clip_schedules_due_idx ON clip_schedules (platform, next_due_at);
-- Few rows, read first: they never wait behind a backlog.
CREATE INDEX clip_schedules_urgent_idx ON clip_schedules (platform, next_due_at) WHERE urgent;

-- ── Reading views ────────────────────────────────────────────────────────────────────────────────
CREATE TABLE scrape_runs (
  id              uuid PRIMARY KEY,
  platform        text NOT NULL,
  source          text NOT NULL, -- the actor's id, or youtube-data-api
  status          text NOT NULL DEFAULT 'RECORDED' CHECK (status IN ('RECORDED', 'STARTED', 'SETTLED', 'FAILED')),
  clip_ids        uuid[] NOT NULL,
  external_run_id text,
  started_at      timestamptz(3),
  ended_at        timestamptz(3), -- the run's end: the date of its snapshots
  claimed         integer NOT NULL,
  read            integer,
  unknown         integer,
  unavailable     integer,
  credited        numeric(20,6),
  cost            numeric(20,6),
  cost_is_final   boolean NOT NULL DEFAULT false,
  error           text,
  duration_ms     bigint,
  created_at      timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX scrape_runs_platform_created_at_idx ON scrape_runs (platform, created_at DESC);
CREATE INDEX scrape_runs_open_idx ON scrape_runs (created_at) WHERE status IN ('RECORDED', 'STARTED');

-- How a platform is doing, as the tracker sees it.
CREATE TABLE platform_states (
  platform        text PRIMARY KEY CHECK (platform IN ('TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X')),
  status          text NOT NULL DEFAULT 'OK' CHECK (status IN ('OK', 'DELAYED', 'STOPPED')),
  since           timestamptz(3) NOT NULL DEFAULT now(),
  reason          text,
  retry_at        timestamptz(3),
  failures        integer NOT NULL DEFAULT 0,
  last_success_at timestamptz(3),
  last_error      text,
  last_error_at   timestamptz(3),
  version         bigint NOT NULL DEFAULT 1
);
INSERT INTO platform_states (platform) VALUES ('TIKTOK'), ('YOUTUBE'), ('INSTAGRAM'), ('X');

-- The trackers that run, each its own row while it lives: any number of them may share this database.
CREATE TABLE tracker_instances (
  id              uuid PRIMARY KEY,
  host            text NOT NULL,
  pid             integer NOT NULL,
  started_at      timestamptz(3) NOT NULL,
  seen_at         timestamptz(3) NOT NULL,
  follower_lag_ms integer NOT NULL CHECK (follower_lag_ms >= 0)
);

CREATE TABLE settlements (
  id           uuid PRIMARY KEY,
  campaign_id  uuid NOT NULL REFERENCES campaigns,
  number       bigint NOT NULL CHECK (number > 0),
  run_id       uuid, -- none for a closing round, which gathers many runs
  kind         text NOT NULL CHECK (kind IN ('BATCH', 'CLOSING')),
  left_before  numeric(20,6) NOT NULL CHECK (left_before >= 0),
  owed         numeric(20,6) NOT NULL CHECK (owed >= 0),
  credited     numeric(20,6) NOT NULL CHECK (credited >= 0),
  status       text NOT NULL, -- the campaign's, when it was decided
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT settlements_campaign_id_number_key UNIQUE (campaign_id, number),
  CONSTRAINT settlements_within_what_was_left CHECK (credited <= left_before AND credited <= owed)
);

-- Snapshots: what a run read, as it was. Only metric = the baseline's metric moves money.
CREATE TABLE view_tracking (
  clip_id       uuid NOT NULL,
  run_id        uuid NOT NULL,
  date          timestamptz(3) NOT NULL, -- the run's end
  platform      text NOT NULL,
  metric        text NOT NULL,
  views         bigint NOT NULL CHECK (views >= 0),
  counts        jsonb NOT NULL DEFAULT '{}', -- every count the platform sent
  flag          text, -- metric_mismatch | doubtful_jump
  settlement_id uuid, -- none: nothing was decided from it
  PRIMARY KEY (clip_id, run_id, date)
) PARTITION BY RANGE (date);
CREATE INDEX view_tracking_clip_id_date_idx ON view_tracking (clip_id, date);

-- Observations that wait for their closing round's end.
CREATE TABLE closing_rounds (
  id          uuid PRIMARY KEY,
  campaign_id uuid NOT NULL REFERENCES campaigns,
  reason      text NOT NULL CHECK (reason IN ('BUDGET', 'DEADLINE', 'ADMIN')),
  actor_id    uuid REFERENCES users,
  started_at  timestamptz(3) NOT NULL DEFAULT now(),
  limit_at    timestamptz(3) NOT NULL,
  ended_at    timestamptz(3)
);
CREATE UNIQUE INDEX closing_rounds_one_open_key ON closing_rounds (campaign_id) WHERE ended_at IS NULL;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_closing_round_id_fkey FOREIGN KEY (closing_round_id) REFERENCES closing_rounds;

CREATE TABLE held_observations (
  round_id uuid NOT NULL REFERENCES closing_rounds,
  clip_id  uuid NOT NULL REFERENCES clips,
  run_id   uuid NOT NULL,
  date     timestamptz(3) NOT NULL,
  outcome  text NOT NULL, -- found, or why it could not be read
  counts   jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (round_id, clip_id)
);

-- ── Ledger ───────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE ledger_accounts (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('budget', 'pending', 'available', 'reserved', 'paid', 'fees', 'outside')),
  campaign_id uuid REFERENCES campaigns,
  user_id     uuid REFERENCES users,
  currency    text NOT NULL DEFAULT 'USD',
  balance     numeric(20,6) NOT NULL DEFAULT 0,
  version     bigint NOT NULL DEFAULT 1,
  CONSTRAINT ledger_accounts_never_negative CHECK (kind = 'outside' OR balance >= 0),
  CONSTRAINT ledger_accounts_owner CHECK (CASE kind
    WHEN 'budget'  THEN campaign_id IS NOT NULL AND user_id IS NULL
    WHEN 'pending' THEN campaign_id IS NOT NULL AND user_id IS NOT NULL
    WHEN 'fees'    THEN campaign_id IS NULL AND user_id IS NULL
    WHEN 'outside' THEN campaign_id IS NULL AND user_id IS NULL
    ELSE campaign_id IS NULL AND user_id IS NOT NULL END),
  CONSTRAINT ledger_accounts_owner_key UNIQUE NULLS NOT DISTINCT (kind, campaign_id, user_id, currency),
  CONSTRAINT ledger_accounts_id_currency_key UNIQUE (id, currency)
);
CREATE INDEX ledger_accounts_user_id_idx ON ledger_accounts (user_id);
CREATE INDEX ledger_accounts_campaign_id_idx ON ledger_accounts (campaign_id);

-- Append-only double entry. An entry is known by what caused it: the same cause never moves the same money twice.
CREATE TABLE ledger_entries (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cause_kind    text NOT NULL CHECK (cause_kind IN ('funding', 'snapshot', 'completion', 'reversal', 'payout', 'return')),
  cause_id      uuid NOT NULL,
  movement      text NOT NULL CHECK (movement IN ('fund', 'refund', 'accrue', 'release', 'reserve', 'unreserve', 'pay', 'fee', 'return', 'reverse')),
  from_account  uuid NOT NULL,
  to_account    uuid NOT NULL CHECK (to_account <> from_account),
  amount        numeric(20,6) NOT NULL CHECK (amount > 0),
  currency      text NOT NULL DEFAULT 'USD',
  clip_id       uuid,
  settlement_id uuid,
  event_at      timestamptz(3) NOT NULL, -- when it happened in the world
  created_at    timestamptz(3) NOT NULL DEFAULT now(), -- when it was written
  CONSTRAINT ledger_entries_once UNIQUE (cause_kind, cause_id, movement, from_account, to_account),
  CONSTRAINT ledger_entries_from_currency_fkey FOREIGN KEY (from_account, currency) REFERENCES ledger_accounts (id, currency),
  CONSTRAINT ledger_entries_to_currency_fkey FOREIGN KEY (to_account, currency) REFERENCES ledger_accounts (id, currency)
);
CREATE INDEX ledger_entries_clip_id_idx ON ledger_entries (clip_id) WHERE clip_id IS NOT NULL;
CREATE INDEX ledger_entries_to_account_idx ON ledger_entries (to_account, id);
CREATE INDEX ledger_entries_from_account_idx ON ledger_entries (from_account, id);

-- ── Payouts (the tables; the operations come with the payout work) ───────────────────────────────
CREATE TABLE payout_requests (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users,
  currency     text NOT NULL DEFAULT 'USD',
  gross        numeric(20,6) NOT NULL CHECK (gross > 0),
  fee          numeric(20,6) NOT NULL DEFAULT 0 CHECK (fee >= 0 AND fee <= gross),
  status       text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'APPROVED', 'PROCESSING', 'COMPLETED', 'REJECTED', 'CANCELLED')),
  method       text NOT NULL,
  reason       text,
  version      bigint NOT NULL DEFAULT 1,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  updated_at   timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX payout_requests_one_open_key ON payout_requests (user_id) WHERE status IN ('PENDING', 'APPROVED', 'PROCESSING');

CREATE TABLE payouts (
  id             uuid PRIMARY KEY,
  request_id     uuid NOT NULL UNIQUE REFERENCES payout_requests,
  method         text NOT NULL,
  transaction_id text NOT NULL,
  amount         numeric(20,6) NOT NULL CHECK (amount > 0),
  paid_at        timestamptz(3) NOT NULL,
  CONSTRAINT payouts_method_transaction_id_key UNIQUE (method, transaction_id)
);

-- ── Live, notices, operations ────────────────────────────────────────────────────────────────────
-- The event log. Readers stay below pg_snapshot_xmin(pg_current_snapshot()) and go in (xid, id) order.
CREATE TABLE events (
  id         bigint GENERATED ALWAYS AS IDENTITY,
  xid        xid8 NOT NULL DEFAULT pg_current_xact_id(),
  topic      text NOT NULL,
  type       text NOT NULL,
  payload    jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE INDEX events_xid_id_idx ON events (xid, id);
CREATE INDEX events_topic_xid_id_idx ON events (topic, xid, id);

CREATE TABLE notifications (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users,
  kind       text NOT NULL,
  cause      text NOT NULL,
  title      text NOT NULL,
  body       text NOT NULL,
  link       text,
  read_at    timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT notifications_once UNIQUE (user_id, kind, cause)
);
CREATE INDEX notifications_user_id_created_at_idx ON notifications (user_id, created_at DESC);

CREATE TABLE alerts (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL,
  cause       text NOT NULL,
  message     text NOT NULL,
  count       integer NOT NULL DEFAULT 1,
  first_seen  timestamptz(3) NOT NULL DEFAULT now(),
  last_seen   timestamptz(3) NOT NULL DEFAULT now(),
  resolved_at timestamptz(3),
  posted_at   timestamptz(3)
);
CREATE UNIQUE INDEX alerts_one_open_key ON alerts (kind, cause) WHERE resolved_at IS NULL;

CREATE TABLE audit_log (
  id           uuid PRIMARY KEY,
  actor_id     uuid REFERENCES users, -- none: the system
  action       text NOT NULL,
  subject_kind text NOT NULL,
  subject_id   text NOT NULL,
  details      jsonb NOT NULL DEFAULT '{}',
  created_at   timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX audit_log_subject_idx ON audit_log (subject_kind, subject_id, created_at);
CREATE INDEX audit_log_created_at_idx ON audit_log (created_at DESC);

-- ── Append-only ──────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER view_tracking_append_only BEFORE UPDATE OR DELETE ON view_tracking FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER view_tracking_no_truncate BEFORE TRUNCATE ON view_tracking FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settlements_append_only BEFORE UPDATE OR DELETE ON settlements FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settlements_no_truncate BEFORE TRUNCATE ON settlements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER campaign_fundings_append_only BEFORE UPDATE OR DELETE ON campaign_fundings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER campaign_fundings_no_truncate BEFORE TRUNCATE ON campaign_fundings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── Partitions ───────────────────────────────────────────────────────────────────────────────────
-- A default partition catches what no other is there for, so that a missed run of maintain_partitions never stops money.
CREATE TABLE view_tracking_default PARTITION OF view_tracking DEFAULT;
CREATE TRIGGER view_tracking_default_no_truncate BEFORE TRUNCATE ON view_tracking_default FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE events_default PARTITION OF events DEFAULT;

-- Makes partitions ahead (view_tracking by month, events by day) and drops events older than keep_days.
-- SECURITY DEFINER: the apps may call it, and only it, to change the shape of these two tables.
-- A range that has rows in the default partition already stays there: its partition is not made.
-- It wants locks that nobody else may hold: rather than queue before a long reader, and everybody behind it, it gives up
-- soon and is run again.
CREATE FUNCTION maintain_partitions(now_at timestamptz, keep_days integer) RETURNS TABLE (made integer, dropped integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '3s' AS $$
DECLARE
  start_at timestamptz;
  end_at timestamptz;
  part text;
  taken boolean;
  old record;
  last_dropped xid8;
BEGIN
  ASSERT keep_days >= 1, 'keep_days must be at least 1';
  PERFORM pg_advisory_xact_lock(hashtext('clipmeter.maintain_partitions'));
  made := 0; dropped := 0;
  FOR i IN -1..3 LOOP
    start_at := date_trunc('month', now_at) + make_interval(months => i);
    end_at := start_at + interval '1 month';
    part := 'view_tracking_' || to_char(start_at, 'YYYYMM');
    SELECT EXISTS (SELECT FROM view_tracking_default WHERE date >= start_at AND date < end_at) INTO taken;
    IF to_regclass(part) IS NULL AND NOT taken THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF view_tracking FOR VALUES FROM (%L) TO (%L)', part, start_at, end_at);
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part || '_no_truncate', part);
      made := made + 1;
    END IF;
  END LOOP;
  FOR i IN -1..7 LOOP
    start_at := date_trunc('day', now_at) + make_interval(days => i);
    end_at := start_at + interval '1 day';
    part := 'events_' || to_char(start_at, 'YYYYMMDD');
    SELECT EXISTS (SELECT FROM events_default WHERE created_at >= start_at AND created_at < end_at) INTO taken;
    IF to_regclass(part) IS NULL AND NOT taken THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF events FOR VALUES FROM (%L) TO (%L)', part, start_at, end_at);
      made := made + 1;
    END IF;
  END LOOP;
  start_at := date_trunc('day', now_at) - make_interval(days => keep_days); -- the first day that is kept
  SELECT xid FROM events WHERE created_at < start_at ORDER BY xid DESC LIMIT 1 INTO last_dropped;
  UPDATE installation SET events_dropped_xid = last_dropped WHERE last_dropped > events_dropped_xid;
  FOR old IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'events'::regclass AND c.relname ~ '^events_[0-9]{8}$' AND right(c.relname, 8) < to_char(start_at, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE %I', old.relname);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM events_default WHERE created_at < start_at;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION maintain_partitions(timestamptz, integer) FROM PUBLIC;
SELECT maintain_partitions(now(), 7);

-- Who holds the horizon below which the event log may be read: the oldest transaction that has an id, in whichever
-- database of this server. SECURITY DEFINER: the apps' role cannot see the sessions of others.
CREATE FUNCTION horizon_holder() RETURNS TABLE (pid integer, application_name text, database name, state text, seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT pid, application_name, datname, state, extract(epoch FROM clock_timestamp() - xact_start)::double precision
  FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
  ORDER BY age(backend_xid) DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION horizon_holder() FROM PUBLIC;

-- ── A socket must not outlive the session that opened it ─────────────────────────────────────────
CREATE FUNCTION announce_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (topic, type, payload) VALUES ('session:' || OLD.id, 'session.ended', jsonb_build_object('sessionId', OLD.id, 'userId', OLD.user_id));
  NOTIFY clipmeter_events;
  RETURN NULL;
END $$;
CREATE TRIGGER sessions_announce_end AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION announce_session_end();

CREATE FUNCTION announce_access_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (topic, type, payload) VALUES ('session:' || NEW.id, 'access.changed', jsonb_build_object('userId', NEW.id));
  NOTIFY clipmeter_events;
  RETURN NULL;
END $$;
CREATE TRIGGER users_announce_access_change AFTER UPDATE OF role, suspended_at ON users FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.suspended_at IS DISTINCT FROM NEW.suspended_at)
  EXECUTE FUNCTION announce_access_change();

-- ── The role that the apps take ──────────────────────────────────────────────────────────────────
-- It owns nothing, and it cannot rewrite history. Made by the migration runner if it is missing (a role belongs to the
-- whole server, and several databases may share one).
GRANT USAGE ON SCHEMA public TO clipmeter_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clipmeter_app;
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entries, view_tracking, settlements, audit_log, campaign_fundings, campaign_status_changes,
  submission_terms, submission_status_changes FROM clipmeter_app;
REVOKE INSERT, DELETE ON installation FROM clipmeter_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clipmeter_app;
GRANT EXECUTE ON FUNCTION maintain_partitions(timestamptz, integer), horizon_holder() TO clipmeter_app;
