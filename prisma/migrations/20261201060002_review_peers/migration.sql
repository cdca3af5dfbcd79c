-- What a reviewer compares a clip with: clips of its platform and a like age, and clips with the same title. Neither column
-- changes after a first read, so a settlement's updates stay as cheap as they are.
CREATE INDEX clips_platform_published_at_idx ON clips (platform, published_at) WHERE published_at IS NOT NULL;
CREATE INDEX clips_title_idx ON clips (md5(lower(title))) WHERE title IS NOT NULL;
