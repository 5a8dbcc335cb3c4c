-- What the organiser has set right in a record: what it was and what it is now, who says so, when and why. Rows are
-- only added. Names stand in here as they do in the directory, so who is erased there loses their words here too.

CREATE TABLE correction (
  id            INTEGER PRIMARY KEY,
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  at            INTEGER NOT NULL,             -- ms
  account       INTEGER REFERENCES account (id) ON DELETE SET NULL,
  author        TEXT NOT NULL,                -- what the account was called
  person        INTEGER REFERENCES person (id) ON DELETE SET NULL,
  participant   TEXT REFERENCES participant (id) ON DELETE SET NULL, -- a guest; with neither it is of the broadcast
  about         TEXT NOT NULL,                -- what they were called then
  what          TEXT NOT NULL CHECK (
    what IN ('person', 'number', 'name', 'unit', 'place', 'live', 'points', 'roster', 'title', 'lecturer', 'site')
  ),
  before        TEXT NOT NULL,                -- live: seconds; place: the id of a site; empty: nothing, or as counted
  after         TEXT NOT NULL,
  reason        TEXT NOT NULL
) STRICT;

CREATE INDEX correction_broadcast ON correction (broadcast, id);
