-- What an admin says of a campaign beyond its money: a picture, requirements, material, a rate of its own for a platform;
-- and what it has told of its budget.

-- Pictures that admins upload. One is never changed, only replaced by another, so it may be cached for ever.
CREATE TABLE images (
  id           uuid PRIMARY KEY,
  content_type text NOT NULL CHECK (content_type IN ('image/png', 'image/jpeg', 'image/webp')),
  bytes        bytea NOT NULL CONSTRAINT images_size CHECK (octet_length(bytes) BETWEEN 1 AND 2097152),
  created_by   uuid NOT NULL REFERENCES users,
  created_at   timestamptz(3) NOT NULL DEFAULT now()
);
-- Compressed already.
ALTER TABLE images ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE campaigns
  ADD COLUMN image_id     uuid REFERENCES images,
  ADD COLUMN requirements text NOT NULL DEFAULT '',
  ADD COLUMN material_url text CHECK (material_url ~ '^https?://'),
  ADD COLUMN archived_at  timestamptz(3); -- hidden from lists; its money is as it was

-- Where a platform pays another rate than the campaign. Changed under the campaign's lock only.
CREATE TABLE campaign_rates (
  campaign_id uuid NOT NULL REFERENCES campaigns,
  platform    text NOT NULL CHECK (platform IN ('TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X')),
  payout_rate numeric(20,6) NOT NULL CHECK (payout_rate > 0), -- for 1,000 views
  PRIMARY KEY (campaign_id, platform)
);

-- Which part of the budget was told to be spent. Once each: a top-up does not tell it again.
CREATE TABLE campaign_budget_alerts (
  campaign_id uuid NOT NULL REFERENCES campaigns,
  percent     integer NOT NULL CHECK (percent IN (90, 95)),
  budget      numeric(20,6) NOT NULL, -- as both were then
  spent       numeric(20,6) NOT NULL,
  created_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (campaign_id, percent)
);

GRANT SELECT, INSERT, DELETE ON images TO clipmeter_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON campaign_rates TO clipmeter_app;
GRANT SELECT, INSERT ON campaign_budget_alerts TO clipmeter_app;
