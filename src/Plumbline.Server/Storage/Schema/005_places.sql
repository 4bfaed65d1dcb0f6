-- The index by place: a number that holds a shape's size and where its top-left corner is (see PlaceCell), kept by the code that writes rows.
ALTER TABLE annotations ADD COLUMN cell BIGINT NOT NULL DEFAULT -1;

WITH grids(n, level, side) AS (VALUES
  (0, 0, 16), (1, 1, 32), (2, 2, 64), (3, 3, 128), (4, 4, 256), (5, 5, 512),
  (6, 6, 1024), (7, 7, 2048), (8, 8, 4096), (9, 9, 8192), (10, 10, 16384), (11, 11, 32768),
  (12, 12, 65536), (13, 13, 131072), (14, 14, 262144), (15, 15, 524288), (16, 16, 1048576), (17, 17, 2097152),
  (18, 18, 4194304), (19, 19, 8388608), (20, 20, 16777216), (21, 21, 33554432), (22, 22, 67108864), (23, 23, 134217728),
  (24, 24, 268435456), (25, 24, 268435456), (26, 24, 268435456), (27, 24, 268435456), (28, 24, 268435456), (29, 24, 268435456),
  (30, 24, 268435456), (31, 24, 268435456), (32, 24, 268435456), (33, 24, 268435456), (34, 24, 268435456), (35, 24, 268435456),
  (36, 24, 268435456)),
sized AS (
  SELECT set_id, id, CASE WHEN x > 0 THEN x ELSE 0 END AS x, CASE WHEN y > 0 THEN y ELSE 0 END AS y, CASE WHEN width > height THEN width ELSE height END AS longer
  FROM annotations WHERE NOT (kind IN ('tag', 'mask', 'keypoints') AND x = 0 AND y = 0 AND width = 0 AND height = 0)),
placed AS (
  SELECT s.set_id, s.id, g.level, s.x / g.side AS across, s.y / g.side AS down
  FROM (
    SELECT set_id, id, x, y, CASE
      WHEN longer <= 1 THEN 0
      WHEN longer <= 2 THEN 1
      WHEN longer <= 4 THEN 2
      WHEN longer <= 8 THEN 3
      WHEN longer <= 16 THEN 4
      WHEN longer <= 32 THEN 5
      WHEN longer <= 64 THEN 6
      WHEN longer <= 128 THEN 7
      WHEN longer <= 256 THEN 8
      WHEN longer <= 512 THEN 9
      WHEN longer <= 1024 THEN 10
      WHEN longer <= 2048 THEN 11
      WHEN longer <= 4096 THEN 12
      WHEN longer <= 8192 THEN 13
      WHEN longer <= 16384 THEN 14
      WHEN longer <= 32768 THEN 15
      WHEN longer <= 65536 THEN 16
      WHEN longer <= 131072 THEN 17
      WHEN longer <= 262144 THEN 18
      WHEN longer <= 524288 THEN 19
      WHEN longer <= 1048576 THEN 20
      WHEN longer <= 2097152 THEN 21
      WHEN longer <= 4194304 THEN 22
      WHEN longer <= 8388608 THEN 23
      ELSE 24 END + CASE
      WHEN substr(id, 36, 1) NOT IN ('0', '1', '2', '3') THEN 0
      WHEN substr(id, 36, 1) <> '0' THEN 1
      WHEN substr(id, 35, 1) NOT IN ('0', '1', '2', '3') THEN 2
      WHEN substr(id, 35, 1) <> '0' THEN 3
      WHEN substr(id, 34, 1) NOT IN ('0', '1', '2', '3') THEN 4
      WHEN substr(id, 34, 1) <> '0' THEN 5
      WHEN substr(id, 33, 1) NOT IN ('0', '1', '2', '3') THEN 6
      WHEN substr(id, 33, 1) <> '0' THEN 7
      WHEN substr(id, 32, 1) NOT IN ('0', '1', '2', '3') THEN 8
      WHEN substr(id, 32, 1) <> '0' THEN 9
      WHEN substr(id, 31, 1) NOT IN ('0', '1', '2', '3') THEN 10
      WHEN substr(id, 31, 1) <> '0' THEN 11
      ELSE 12 END AS n
    FROM sized) s
  JOIN grids g ON g.n = s.n),
whole AS (
  SELECT set_id, id, level,
    CASE WHEN across > 16777215 THEN 16777215 ELSE CAST(across AS BIGINT) - CASE WHEN CAST(across AS BIGINT) > across THEN 1 ELSE 0 END END AS across,
    CASE WHEN down > 16777215 THEN 16777215 ELSE CAST(down AS BIGINT) - CASE WHEN CAST(down AS BIGINT) > down THEN 1 ELSE 0 END END AS down
  FROM placed)
UPDATE annotations SET cell = w.level * 281474976710656 + w.down * 16777216 + w.across
FROM whole w WHERE annotations.set_id = w.set_id AND annotations.id = w.id;

CREATE INDEX annotations_place ON annotations(set_id, cell, x, y, width, height) WHERE deleted = 0;
