-- Attempts that are limited, counted here so that a limit holds over every process. One row for what is limited and whom
-- it is limited for; it has at most as many times in it as the limit allows.
CREATE TABLE rate_limits (
  name       text NOT NULL, -- a name of core's table of limits
  key        text NOT NULL, -- a digest: an e-mail or network address is never kept here
  attempts   timestamptz(3)[] NOT NULL,
  expires_at timestamptz(3) NOT NULL, -- from then on the row says nothing any more
  PRIMARY KEY (name, key)
);
CREATE INDEX rate_limits_expires_at_idx ON rate_limits (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO clipmeter_app;
