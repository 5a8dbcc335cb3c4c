-- Who watched a replay, and which parts: the record of those who make a broadcast up. It stands beside the
-- attendance, never in it: it is what a viewer's page said, not what the server saw.

CREATE TABLE makeup (
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  participant   TEXT NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
  started_at    INTEGER NOT NULL,             -- when it was played first
  last_at       INTEGER NOT NULL,             -- when its page last said something
  played        TEXT NOT NULL DEFAULT '[]',   -- JSON [[from, until], …]: moments of the broadcast, in order
  tried         TEXT NOT NULL DEFAULT '[]',   -- JSON ["poll/round", …]: which were answered, and not how
  PRIMARY KEY (broadcast, participant)
) STRICT, WITHOUT ROWID;

CREATE VIEW makeup_attendance AS
SELECT
  makeup.broadcast,
  makeup.participant,
  participant.person,
  coalesce(person.number, '') AS number,
  coalesce(person.name, participant.name) AS name,
  coalesce(person.unit, participant.unit) AS unit,
  makeup.started_at AS first_seen,
  makeup.last_at AS last_seen,
  coalesce((SELECT sum((value ->> 1) - (value ->> 0)) FROM json_each(makeup.played)), 0) / 1000 AS seconds_played,
  json_array_length(makeup.tried) AS polls_tried
FROM makeup
JOIN participant ON participant.id = makeup.participant
LEFT JOIN person ON person.id = participant.person;
