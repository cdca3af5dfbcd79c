-- What a read is weighed with where the day's spending limit binds: a multiple of what it costs. Every tracker reads the
-- same one, and a restart finds it here.
ALTER TABLE platform_states
  ADD COLUMN read_price         double precision NOT NULL DEFAULT 1 CHECK (read_price >= 1),
  ADD COLUMN read_price_learned double precision NOT NULL DEFAULT 1 CHECK (read_price_learned >= 1),
  ADD COLUMN read_priced_at     timestamptz(3);
