-- Ids are UUIDv7 text, times Unix milliseconds, flags 0 or 1, JSON is TEXT. One text for SQLite and PostgreSQL.

-- People -------------------------------------------------------------------------------------------------------------
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT,
  security_stamp TEXT NOT NULL,
  admin BIGINT NOT NULL DEFAULT 0,
  disabled BIGINT NOT NULL DEFAULT 0,
  failed_sign_ins BIGINT NOT NULL DEFAULT 0,
  locked_until BIGINT,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT
);

CREATE TABLE access_tokens (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users(id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX access_tokens_user ON access_tokens(user_id);

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  settings TEXT NOT NULL,
  revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL REFERENCES users(id),
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);

CREATE TABLE members (
  project_id TEXT NOT NULL REFERENCES projects(id),
  user_id TEXT NOT NULL REFERENCES users(id),
  role BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  PRIMARY KEY (project_id, user_id)
);
CREATE INDEX members_user ON members(user_id);

-- Single-use links: invitations and password resets.
CREATE TABLE links (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  code_hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  user_id TEXT REFERENCES users(id),
  project_id TEXT REFERENCES projects(id),
  role BIGINT,
  admin BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  used_by TEXT,
  revoked_at BIGINT
);
CREATE INDEX links_project ON links(project_id);

CREATE TABLE data_protection_keys (
  name TEXT PRIMARY KEY,
  xml TEXT NOT NULL
);

-- What may be labelled ------------------------------------------------------------------------------------------------
CREATE TABLE ontology_versions (
  project_id TEXT NOT NULL REFERENCES projects(id),
  version BIGINT NOT NULL,
  doc TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (project_id, version)
);

-- Pictures ------------------------------------------------------------------------------------------------------------
CREATE TABLE images (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects(id),
  path TEXT COLLATE "binary" NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  format TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  orientation BIGINT NOT NULL,
  bit_depth BIGINT NOT NULL,
  color_profile TEXT,
  metadata TEXT NOT NULL,
  pixels_sha256 TEXT NOT NULL,
  pixels_type TEXT NOT NULL,
  thumbnail_sha256 TEXT NOT NULL,
  thumbnail_type TEXT NOT NULL,
  dhash BIGINT,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  removed_at BIGINT,
  removed_by TEXT
);
CREATE UNIQUE INDEX images_path ON images(project_id, path) WHERE removed_at IS NULL;
-- Lists are counted over 100,000 images at a time: these two answer without touching a row.
CREATE INDEX images_list ON images(project_id, path, id) WHERE removed_at IS NULL;
CREATE INDEX images_sha256 ON images(project_id, sha256);
CREATE INDEX images_added ON images(project_id, added_at, id);

-- Labels --------------------------------------------------------------------------------------------------------------
CREATE TABLE annotation_sets (
  id TEXT PRIMARY KEY,
  image_id TEXT NOT NULL REFERENCES images(id),
  project_id TEXT NOT NULL REFERENCES projects(id),
  source TEXT NOT NULL,
  source_key TEXT NOT NULL,
  revision BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  outcome_reason TEXT,
  outcome_revision BIGINT NOT NULL,
  annotation_count BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (image_id, source, source_key)
);
CREATE INDEX annotation_sets_list ON annotation_sets(image_id, source, source_key, project_id, outcome, annotation_count, updated_at);
CREATE INDEX annotation_sets_project ON annotation_sets(project_id, source, updated_at);

-- One row an annotation; a deleted one stays as a tombstone with the revision of its deletion.
CREATE TABLE annotations (
  set_id TEXT NOT NULL REFERENCES annotation_sets(id),
  id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  class_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  z BIGINT NOT NULL,
  x DOUBLE PRECISION NOT NULL,
  y DOUBLE PRECISION NOT NULL,
  width DOUBLE PRECISION NOT NULL,
  height DOUBLE PRECISION NOT NULL,
  area DOUBLE PRECISION NOT NULL,
  flags BIGINT NOT NULL,
  deleted BIGINT NOT NULL DEFAULT 0,
  doc TEXT NOT NULL,
  PRIMARY KEY (set_id, id)
);
CREATE INDEX annotations_revision ON annotations(set_id, revision);
CREATE INDEX annotations_class ON annotations(class_id, set_id) WHERE deleted = 0;

-- Every change: who, when, how and the state after (null = deleted), compressed.
CREATE TABLE annotation_log (
  set_id TEXT NOT NULL REFERENCES annotation_sets(id),
  revision BIGINT NOT NULL,
  ordinal BIGINT NOT NULL,
  annotation_id TEXT,
  op TEXT NOT NULL,
  change_set_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  doc BLOB,
  doc_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (set_id, revision, ordinal)
);
CREATE INDEX annotation_log_annotation ON annotation_log(set_id, annotation_id, revision);

CREATE TABLE change_sets (
  id TEXT PRIMARY KEY,
  set_id TEXT NOT NULL REFERENCES annotation_sets(id),
  user_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  request_hash TEXT NOT NULL,
  answer TEXT NOT NULL
);

-- Background work -----------------------------------------------------------------------------------------------------
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  project_id TEXT REFERENCES projects(id),
  title TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  done BIGINT NOT NULL DEFAULT 0,
  total BIGINT,
  unit TEXT NOT NULL DEFAULT '',
  message TEXT,
  error TEXT,
  result TEXT,
  attempt BIGINT NOT NULL DEFAULT 0,
  cancel_requested BIGINT NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until BIGINT,
  created_at BIGINT NOT NULL,
  created_by TEXT,
  started_at BIGINT,
  finished_at BIGINT
);
CREATE INDEX jobs_state ON jobs(state, created_at);
CREATE INDEX jobs_project ON jobs(project_id, created_at);

-- What a job reported about single items: refused pictures, losses of an export.
CREATE TABLE job_issues (
  job_id TEXT NOT NULL REFERENCES jobs(id),
  ordinal BIGINT NOT NULL,
  item TEXT NOT NULL,
  severity TEXT NOT NULL,
  code TEXT NOT NULL,
  field TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL,
  PRIMARY KEY (job_id, ordinal)
);

-- What became of each file that a job was to take in; written with the image itself, so that a job started again knows what it has done.
CREATE TABLE ingest_items (
  job_id TEXT NOT NULL REFERENCES jobs(id),
  item TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (job_id, item)
);

CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects(id),
  user_id TEXT NOT NULL REFERENCES users(id),
  intent TEXT NOT NULL,
  format TEXT,
  files TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  part_size BIGINT NOT NULL,
  parts BIGINT NOT NULL,
  state TEXT NOT NULL,
  job_id TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE upload_parts (
  upload_id TEXT NOT NULL REFERENCES uploads(id),
  n BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (upload_id, n)
);

-- Who changed what, outside of annotations -----------------------------------------------------------------------------
CREATE TABLE audit_log (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  user_id TEXT,
  project_id TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX audit_log_project ON audit_log(project_id, id);

CREATE TABLE idempotency_keys (
  user_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status BIGINT NOT NULL,
  answer TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (user_id, key)
);
