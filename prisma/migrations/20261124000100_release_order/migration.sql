-- A release takes a campaign's approved clips clipper by clipper, chunk after chunk: each finds its own without reading
-- those that are done.
CREATE INDEX clip_submissions_release_idx ON clip_submissions (campaign_id, user_id, id) WHERE status = 'APPROVED';
