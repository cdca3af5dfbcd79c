-- ── Search ───────────────────────────────────────────────────────────────────────────────────────
-- The words of a text, whatever stands between them: "mara@clips.example" is found by mara, by clips and by example.
-- What was typed finds words that begin with it. Both are cut up here, so that they always agree.
CREATE FUNCTION search_words(content text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple'::regconfig, regexp_replace(lower(content), '[^[:alnum:]]+', ' ', 'g'));

-- Null if there is no word in it: then nothing is found.
CREATE FUNCTION search_query(typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT to_tsquery('simple'::regconfig, string_agg(word || ':*', ' & '))
    FROM regexp_split_to_table(lower(typed), '[^[:alnum:]]+') AS word WHERE word <> '');

CREATE INDEX users_search_idx ON users USING gin (search_words(name || ' ' || email));
CREATE INDEX social_accounts_search_idx ON social_accounts USING gin (search_words(handle));
CREATE INDEX campaigns_search_idx ON campaigns USING gin (search_words(title || ' ' || brand));
CREATE INDEX clips_search_idx ON clips USING gin (
  search_words(coalesce(title, '') || ' ' || coalesce(author_handle, '') || ' ' || external_id));
CREATE INDEX payout_requests_user_id_idx ON payout_requests (user_id, id);

-- ── Audit log ────────────────────────────────────────────────────────────────────────────────────
-- Pages of it, newest first: of everything, of one person, of one kind of act, of one thing.
DROP INDEX audit_log_created_at_idx;
DROP INDEX audit_log_subject_idx;
CREATE INDEX audit_log_place_idx ON audit_log (created_at DESC, id DESC);
CREATE INDEX audit_log_actor_idx ON audit_log (actor_id, created_at DESC, id DESC);
CREATE INDEX audit_log_action_idx ON audit_log (action, created_at DESC, id DESC);
CREATE INDEX audit_log_subject_idx ON audit_log (subject_id, created_at DESC, id DESC);

-- ── Notices ──────────────────────────────────────────────────────────────────────────────────────
DROP INDEX notifications_user_id_created_at_idx;
DROP INDEX notifications_unread_idx;
CREATE INDEX notifications_place_idx ON notifications (user_id, created_at DESC, id DESC);
CREATE INDEX notifications_unread_idx ON notifications (user_id, created_at DESC, id DESC) WHERE read_at IS NULL;

-- A campaign that has started, of which clippers are told: written with its start, told by a tracker in parts, since a
-- transaction that writes to everybody would hold everything live up.
CREATE TABLE campaign_launches (
  campaign_id  uuid PRIMARY KEY REFERENCES campaigns,
  launched_at  timestamptz(3) NOT NULL,
  told_through uuid, -- users up to this one have been told
  told_at      timestamptz(3) -- everybody has
);
CREATE INDEX campaign_launches_waiting_idx ON campaign_launches (launched_at) WHERE told_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON campaign_launches TO clipmeter_app;
