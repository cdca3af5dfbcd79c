-- What a first read may teach: that a link names a video under another id, that a post is gone where the platform has no
-- word for it, that a platform takes no run which asks for one of its clips.

-- Where the platform answered the submitted address with another id, the submission goes over to that id's clip, once.
ALTER TABLE clip_submissions
  ADD COLUMN submitted_clip_id uuid REFERENCES clips, -- the clip that its link named
  ADD CONSTRAINT clip_submissions_goes_over_to_another CHECK (submitted_clip_id <> clip_id);

ALTER TABLE clip_schedules
  -- Clips of one group are read in runs of their own: one of them makes the platform refuse its run.
  ADD COLUMN apart uuid,
  -- The first run since its last read that showed other videos and left it out.
  ADD COLUMN absent_at timestamptz(3);

-- Inputs refused in a row, of whichever clips.
ALTER TABLE platform_states ADD COLUMN refusals integer NOT NULL DEFAULT 0 CHECK (refusals >= 0);

-- Few rows: the clips that some platform does not take.
CREATE INDEX clip_schedules_apart_idx ON clip_schedules (platform) WHERE apart IS NOT NULL;
