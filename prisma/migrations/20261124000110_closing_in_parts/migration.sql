-- A closing round of many clips is decided once and settled in parts, each in a short transaction. From frozen_at on nothing
-- that the decision depends on changes any more; from decided_at on every share follows from this row and its own clip.
ALTER TABLE closing_rounds
  ADD COLUMN frozen_at          timestamptz(3),
  ADD COLUMN jump_factor        bigint, -- the bounds of a doubtful jump that it was judged by
  ADD COLUMN jump_floor_views   bigint,
  ADD COLUMN decided_at         timestamptz(3),
  ADD COLUMN decided_left       numeric(20,6), -- what was left of the budget
  ADD COLUMN decided_owed_total numeric(40,0), -- micros; all that its clips were owed may be more than an account holds
  ADD COLUMN lucky_remainder    numeric(40,0), -- of the last clip that gets a micro which rounding left over
  ADD COLUMN lucky_clip_id      uuid;

-- The settlements of a round, and how far each came: the last of its clips in the order clipper, submission. None: all.
ALTER TABLE settlements
  ADD COLUMN round_id              uuid,
  ADD COLUMN through_user_id       uuid,
  ADD COLUMN through_submission_id uuid;
CREATE INDEX settlements_round_id_idx ON settlements (round_id, number) WHERE round_id IS NOT NULL;
