-- ── There is always an admin ─────────────────────────────────────────────────────────────────────
-- Whoever stops being one, by whatever statement: one at a time, and not the last. Two who go at once wait here for one
-- another, and the second sees what the first did.
CREATE FUNCTION keep_an_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('clipmeter admins', 0));
  IF NOT EXISTS (SELECT FROM users WHERE role = 'ADMIN' AND suspended_at IS NULL AND id <> OLD.id) THEN
    RAISE EXCEPTION 'the last admin stays one: % refused', TG_OP
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'users_keep_an_admin';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER users_keep_an_admin BEFORE UPDATE OF role, suspended_at ON users FOR EACH ROW
  WHEN (OLD.role = 'ADMIN' AND OLD.suspended_at IS NULL AND (NEW.role <> 'ADMIN' OR NEW.suspended_at IS NOT NULL))
  EXECUTE FUNCTION keep_an_admin();
CREATE TRIGGER users_keep_an_admin_row BEFORE DELETE ON users FOR EACH ROW
  WHEN (OLD.role = 'ADMIN' AND OLD.suspended_at IS NULL) EXECUTE FUNCTION keep_an_admin();

-- ── Lists of people ──────────────────────────────────────────────────────────────────────────────
CREATE INDEX users_place_idx ON users (created_at DESC, id DESC);
CREATE INDEX users_admins_idx ON users (created_at DESC, id DESC) WHERE role = 'ADMIN';
CREATE INDEX users_suspended_idx ON users (created_at DESC, id DESC) WHERE suspended_at IS NOT NULL;

-- ── Open pages are told ──────────────────────────────────────────────────────────────────────────
-- By triggers, since sign-in writes these tables by itself. What has changed is fetched: these are no money.
CREATE FUNCTION event_time() RETURNS text LANGUAGE sql STABLE
  RETURN to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

CREATE FUNCTION announce_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (topic, type, payload) VALUES
    ('user:' || NEW.id, 'profile.changed', jsonb_build_object('userId', NEW.id, 'at', event_time())),
    ('admin', 'person.changed', jsonb_build_object('userId', NEW.id, 'at', event_time()));
  NOTIFY clipmeter_events;
  RETURN NULL;
END $$;
CREATE TRIGGER users_announce_person AFTER UPDATE OF name, email, email_verified, role, suspended_at ON users FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.email_verified, OLD.role, OLD.suspended_at)
    IS DISTINCT FROM (NEW.name, NEW.email, NEW.email_verified, NEW.role, NEW.suspended_at))
  EXECUTE FUNCTION announce_person();

-- One event a statement, however many people it makes.
CREATE FUNCTION announce_new_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (topic, type, payload)
  SELECT 'admin', 'person.changed', jsonb_build_object('userId', CASE count(*) WHEN 1 THEN min(id::text) END, 'at', event_time())
  FROM made HAVING count(*) > 0;
  NOTIFY clipmeter_events;
  RETURN NULL;
END $$;
CREATE TRIGGER users_announce_new AFTER INSERT ON users REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION announce_new_people();

CREATE FUNCTION announce_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (topic, type, payload)
  SELECT 'user:' || user_id, 'sessions.changed', jsonb_build_object('userId', user_id, 'at', event_time())
  FROM (SELECT DISTINCT user_id FROM changed) AS owners;
  NOTIFY clipmeter_events;
  RETURN NULL;
END $$;
CREATE TRIGGER sessions_announce_new AFTER INSERT ON sessions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION announce_sessions();
CREATE TRIGGER sessions_announce_fewer AFTER DELETE ON sessions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION announce_sessions();
