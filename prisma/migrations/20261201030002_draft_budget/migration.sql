-- A draft's budget may still be lowered: money that came in for it goes back outside, as a row of its own. What is
-- published is only topped up.
ALTER TABLE campaign_fundings
  DROP CONSTRAINT campaign_fundings_kind_check,
  ADD CONSTRAINT campaign_fundings_kind_check CHECK (kind IN ('FUNDING', 'TOP_UP', 'REDUCTION'));
