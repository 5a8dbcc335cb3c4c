-- The directory: what is set up. Accounts, browsers and their seats, broadcasts, people, decks.
-- Plain rows that may be changed and erased; what happened live is in `event` (0002).
-- Times are milliseconds since 1970, UTC. Secrets are kept as SHA-256 only.

CREATE TABLE account (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
  password      TEXT NOT NULL,                -- argon2id, in PHC format
  created_at    INTEGER NOT NULL
) STRICT;

-- One-time links that make an account: the first start prints one.
CREATE TABLE setup_link (
  hash          TEXT PRIMARY KEY,             -- SHA-256 of the link's token
  expires_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A browser that we know by its cookie.
CREATE TABLE session (
  hash          TEXT PRIMARY KEY,             -- SHA-256 of the cookie
  account       INTEGER REFERENCES account (id) ON DELETE CASCADE,
  created_at    INTEGER NOT NULL,
  seen_at       INTEGER NOT NULL              -- rounded to the hour: enough to let it expire
) STRICT, WITHOUT ROWID;

CREATE INDEX session_account ON session (account);

CREATE TABLE broadcast (
  id            INTEGER PRIMARY KEY,
  slug          TEXT NOT NULL UNIQUE,         -- in addresses: /b/{slug}/
  code          TEXT NOT NULL UNIQUE,         -- what people type to join
  epoch         TEXT NOT NULL,                -- which life of the log `seq` counts in
  title         TEXT NOT NULL,
  lecturer      TEXT NOT NULL DEFAULT '',
  planned_at    INTEGER,
  languages     TEXT NOT NULL DEFAULT 'zh en',
  joining       INTEGER NOT NULL DEFAULT 1 CHECK (joining IN (0, 1)), -- 0: the code takes nobody in
  created_by    INTEGER REFERENCES account (id) ON DELETE SET NULL,
  created_at    INTEGER NOT NULL
) STRICT;

-- Places from which people take part.
CREATE TABLE site (
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  id            TEXT NOT NULL,
  position      INTEGER NOT NULL,
  name          TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('room', 'remote', 'shared')),
  PRIMARY KEY (broadcast, id)
) STRICT, WITHOUT ROWID;

-- The roster: who is expected.
CREATE TABLE person (
  id            INTEGER PRIMARY KEY,
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,
  number        TEXT NOT NULL DEFAULT '',     -- staff number, as the organiser writes it
  name          TEXT NOT NULL,
  unit          TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX person_broadcast ON person (broadcast, position);

-- A link that lets somebody in, in one role. The token itself is derived, never stored (auth.py).
CREATE TABLE link (
  id            TEXT PRIMARY KEY,
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  role          TEXT NOT NULL CHECK (role IN ('attendee', 'screen', 'moderator', 'lecturer')),
  hash          TEXT NOT NULL UNIQUE,         -- SHA-256 of the token
  created_at    INTEGER NOT NULL,
  revoked_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX link_broadcast ON link (broadcast, created_at);

-- Somebody in a broadcast. The log knows only the id, so name and unit can be erased.
CREATE TABLE participant (
  id            TEXT PRIMARY KEY,
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  role          TEXT NOT NULL CHECK (role IN ('attendee', 'screen', 'moderator', 'lecturer', 'organiser')),
  name          TEXT NOT NULL DEFAULT '',
  unit          TEXT NOT NULL DEFAULT '',
  site          TEXT NOT NULL DEFAULT '',
  person        INTEGER REFERENCES person (id) ON DELETE SET NULL,
  link          TEXT REFERENCES link (id),    -- how they came in; revoking it puts them out
  account       INTEGER REFERENCES account (id) ON DELETE SET NULL,
  created_at    INTEGER NOT NULL,
  removed_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX participant_broadcast ON participant (broadcast);
CREATE INDEX participant_link ON participant (link);

-- Which participant a browser is, for each audience of a broadcast.
CREATE TABLE seat (
  session       TEXT NOT NULL REFERENCES session (hash) ON UPDATE CASCADE ON DELETE CASCADE,
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  audience      TEXT NOT NULL CHECK (audience IN ('attendee', 'screen', 'desk')),
  participant   TEXT NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
  PRIMARY KEY (session, broadcast, audience)
) STRICT, WITHOUT ROWID;

CREATE INDEX seat_participant ON seat (participant);

-- A deck that was uploaded. `pages` is known as soon as it has been opened; each page is a slide row
-- once it is drawn. It joins the rundown (an event) when it is ready.
CREATE TABLE deck (
  id            INTEGER PRIMARY KEY,
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  name          TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  state         TEXT NOT NULL DEFAULT 'rendering' CHECK (state IN ('rendering', 'ready', 'failed')),
  pages         INTEGER,
  problem       TEXT,                         -- the code of what went wrong, with its numbers, as JSON
  created_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX deck_broadcast ON deck (broadcast, created_at);

CREATE TABLE slide (
  id            TEXT PRIMARY KEY,
  deck          INTEGER NOT NULL REFERENCES deck (id) ON DELETE CASCADE,
  number        INTEGER NOT NULL,
  width         INTEGER NOT NULL,
  height        INTEGER NOT NULL,
  text          TEXT NOT NULL DEFAULT '',
  picture       BLOB NOT NULL,                -- WebP
  thumb         BLOB NOT NULL,                -- WebP
  UNIQUE (deck, number)
) STRICT;
