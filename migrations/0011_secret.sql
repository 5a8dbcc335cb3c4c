-- A secret vote is kept as two rows that nothing joins: who has voted, and a ballot under a key that only chance
-- has made. No time, no number; `command` is what the voter's page called the command, which says nothing of it.

CREATE TABLE secret_voter (
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  poll          INTEGER NOT NULL,
  round         INTEGER NOT NULL,
  participant   TEXT NOT NULL,
  command       TEXT,
  PRIMARY KEY (broadcast, poll, round, participant)
) STRICT, WITHOUT ROWID;

CREATE TABLE secret_ballot (
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  poll          INTEGER NOT NULL,
  round         INTEGER NOT NULL,
  id            BLOB NOT NULL,                -- 128 random bits
  choice        TEXT NOT NULL,                -- a JSON list of options or texts
  marks         TEXT NOT NULL,                -- a JSON list of what it counts for
  PRIMARY KEY (broadcast, poll, round, id)
) STRICT, WITHOUT ROWID;

DROP VIEW poll_result;

-- The votes for each option in each round, also for those that nobody chose; where voters say what they like,
-- for each thing that was said, which then stands as `option` too. `voters` is of the round.
CREATE VIEW poll_result AS
SELECT broadcast, poll, round, option, text, votes, voters
FROM (
  SELECT *, row_number() OVER (PARTITION BY broadcast, poll, round, option ORDER BY chosen) AS place
  FROM (
    SELECT *, sum(voter) OVER (PARTITION BY broadcast, poll, round) AS voters
    FROM (
      SELECT *, sum(chosen) OVER (PARTITION BY broadcast, poll, round, option) AS votes
      FROM (
        SELECT run.broadcast, run.poll, run.round, offer.option, offer.text, 0 AS chosen, 0 AS voter
        FROM poll_round AS run
        JOIN poll_option AS offer ON offer.broadcast = run.broadcast AND offer.poll = run.poll
        UNION ALL
        -- each choice has a first mark, which stands for its voter
        SELECT
          cast_.broadcast,
          cast_.poll,
          cast_.round,
          mark.value,
          iif(mark.type = 'text', mark.value, NULL),
          1,
          mark.key = 0
        FROM (
          SELECT broadcast, poll, round, marks FROM vote
          UNION ALL
          SELECT broadcast, poll, round, marks FROM secret_ballot
        ) AS cast_, json_each(cast_.marks) AS mark
      )
    )
  )
)
WHERE text IS NOT NULL AND place = 1;
