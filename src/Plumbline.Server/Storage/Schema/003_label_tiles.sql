-- Tiles of 256 × 256 pixels of a set's label map: which mask each pixel belongs to. Compressed; a tile that was wiped stays, empty.
CREATE TABLE label_tiles (
  set_id TEXT NOT NULL REFERENCES annotation_sets(id),
  id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  doc BLOB NOT NULL,
  PRIMARY KEY (set_id, id)
);
CREATE INDEX label_tiles_revision ON label_tiles(set_id, revision);
