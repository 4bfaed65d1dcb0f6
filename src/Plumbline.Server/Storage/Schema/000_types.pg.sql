-- The common subset says BLOB; PostgreSQL's word is BYTEA.
CREATE DOMAIN BLOB AS BYTEA;
-- Paths sort by their bytes on both engines: SQLite calls that order "binary".
CREATE COLLATION "binary" FROM "C";
