-- Large pictures as tiles of all sizes, in one file each; by the upright picture they were cut from, so that the same picture is cut once.
CREATE TABLE pyramids (
  pixels_sha256 TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  side BIGINT NOT NULL,
  levels BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
ALTER TABLE images ADD COLUMN tiles_job_id TEXT;
