-- The recording of a broadcast: where it is, when its frames were taken, and whether it may be watched again.
-- A broadcast without a row has none and is not to be watched again.

CREATE TABLE recording (
  broadcast     INTEGER PRIMARY KEY REFERENCES broadcast (id) ON DELETE CASCADE,
  published_at  INTEGER,                      -- since when attendees may watch it; null: they may not
  kind          TEXT NOT NULL DEFAULT 'none' CHECK (kind IN ('none', 'hls', 'file', 'upload')),
  url           TEXT NOT NULL DEFAULT '',     -- of hls and file
  file          TEXT NOT NULL DEFAULT '',     -- of upload: its name in the folder `recordings`
  name          TEXT NOT NULL DEFAULT '',     -- what the uploaded file was called
  size          INTEGER NOT NULL DEFAULT 0,   -- bytes of the uploaded file
  shift_ms      INTEGER NOT NULL DEFAULT 0    -- of hls whose playlist has dates: what they are off by
) STRICT;

-- A moment of the recording that is known: it holds until the next one, the first also for what is before it.
CREATE TABLE recording_part (
  broadcast     INTEGER NOT NULL REFERENCES recording (broadcast) ON DELETE CASCADE,
  media_ms      INTEGER NOT NULL,             -- from the beginning of the recording
  wall_at       INTEGER NOT NULL,             -- when that frame was taken
  PRIMARY KEY (broadcast, media_ms)
) STRICT, WITHOUT ROWID;
