-- A smaller picture of each slide, for phones: a fraction of the bytes, and as sharp there.
ALTER TABLE slide ADD COLUMN small BLOB;      -- WebP, or null: then the picture itself is sent in its place
