-- The lists of campaigns in their orders, a status at a time. What a settlement changes is in none of them: it would have
-- to write into every index of the row. So "most left" is sorted when it is asked for.
CREATE INDEX campaigns_newest_idx ON campaigns (status, created_at DESC, id DESC) WHERE archived_at IS NULL;
CREATE INDEX campaigns_ending_idx ON campaigns (status, (coalesce(deadline, 'infinity'::timestamptz)), id) WHERE archived_at IS NULL;
