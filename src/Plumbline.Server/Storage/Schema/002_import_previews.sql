-- Datasets that were looked at and not imported yet; gone when the import starts or is given up.
CREATE TABLE import_previews (
  job_id TEXT PRIMARY KEY REFERENCES jobs(id),
  doc TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE import_preview_pictures (
  job_id TEXT NOT NULL REFERENCES import_previews(job_id),
  ordinal BIGINT NOT NULL,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (job_id, ordinal)
);
