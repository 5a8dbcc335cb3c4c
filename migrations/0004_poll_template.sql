-- Polls that are kept to be asked again, in any broadcast of this server.

CREATE TABLE poll_template (
  id            INTEGER PRIMARY KEY,
  body          TEXT NOT NULL UNIQUE,         -- JSON, the command that adds it: {"do":"add_poll", "title": …}
  created_at    INTEGER NOT NULL
) STRICT;
