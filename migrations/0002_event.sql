-- The log: the truth of what happened live. Rows are only ever added.

CREATE TABLE event (
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  seq           INTEGER NOT NULL,
  at            INTEGER NOT NULL,             -- server wall clock, ms; of an anonymous act, to five minutes
  actor         TEXT,                         -- a participant; null: the server itself, or an anonymous act
  command_id    TEXT,                         -- what the page called the command, on its first event
  digest        INTEGER,                      -- of the command: the same id with other content is refused
  body          TEXT NOT NULL,                -- JSON, {"type": …}
  PRIMARY KEY (broadcast, seq)
) STRICT, WITHOUT ROWID;

-- Until when a broadcast is known to have been served: after a crash nobody is credited with more.
CREATE TABLE served (
  broadcast     INTEGER PRIMARY KEY REFERENCES broadcast (id) ON DELETE CASCADE,
  until         INTEGER NOT NULL
) STRICT;
