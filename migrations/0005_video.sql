-- What viewers elsewhere watch, for each broadcast that has it set up, and whose players may stand in a page.

CREATE TABLE video (
  broadcast     INTEGER PRIMARY KEY REFERENCES broadcast (id) ON DELETE CASCADE,
  kind          TEXT NOT NULL CHECK (kind IN ('none', 'hls', 'embed', 'file')),
  url           TEXT NOT NULL DEFAULT '',     -- as the organiser gave it; of a player, its share link
  delay_ms      INTEGER NOT NULL DEFAULT 0 CHECK (delay_ms BETWEEN 0 AND 3600000)
) STRICT;

-- Sites whose players organisers trust, all their subdomains with them: for every broadcast.
CREATE TABLE player (
  host          TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO player (host) VALUES
  ('youtube-nocookie.com'),
  ('bilibili.com'),
  ('v.qq.com'),
  ('meeting.tencent.com'),
  ('dingtalk.com');
