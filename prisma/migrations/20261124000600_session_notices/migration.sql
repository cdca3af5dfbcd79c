-- ── A revoked session does not wait for the log ──────────────────────────────────────────────────
-- Followers read the log below the oldest open transaction of the whole server: while one is open for long, an event that
-- closes sockets would wait behind it. So the nudge itself says whom it is about; the event stays, for trackers that were
-- not listening.
CREATE OR REPLACE FUNCTION announce_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (topic, type, payload) VALUES ('session:' || OLD.id, 'session.ended', jsonb_build_object('sessionId', OLD.id, 'userId', OLD.user_id));
  PERFORM pg_notify('clipmeter_events', 'session.ended ' || OLD.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION announce_access_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (topic, type, payload) VALUES ('session:' || NEW.id, 'access.changed', jsonb_build_object('userId', NEW.id));
  PERFORM pg_notify('clipmeter_events', 'access.changed ' || NEW.id);
  RETURN NULL;
END $$;
