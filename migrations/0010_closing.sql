-- A poll may close by itself. Its event then says when that was, whenever it was noticed and logged.

DROP VIEW poll_result;
DROP VIEW poll_round;

-- Each round of each poll; without `closed_at` it is open. A round that was reopened is the same round.
CREATE VIEW poll_round AS
SELECT broadcast, poll, round, opened_at, iif(type = 'poll_closed', coalesce(ended, at), NULL) AS closed_at
FROM (
  SELECT
    *,
    max(iif(type = 'poll_opened', at, NULL)) OVER (PARTITION BY broadcast, poll, round) AS opened_at,
    row_number() OVER (PARTITION BY broadcast, poll, round ORDER BY seq DESC) AS latest
  FROM (
    SELECT
      broadcast,
      seq,
      at,
      body ->> 'type' AS type,
      body ->> 'poll' AS poll,
      body ->> 'closed_at' AS ended,
      max(body ->> 'round') OVER (PARTITION BY broadcast, body ->> 'poll' ORDER BY seq) AS round
    FROM event
    WHERE body GLOB '{"type":"poll_*' AND body ->> 'type' IN ('poll_opened', 'poll_closed', 'poll_reopened')
  )
)
WHERE latest = 1;

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
          vote.broadcast,
          vote.poll,
          vote.round,
          mark.value,
          iif(mark.type = 'text', mark.value, NULL),
          1,
          mark.key = 0
        FROM vote, json_each(vote.marks) AS mark
      )
    )
  )
)
WHERE text IS NOT NULL AND place = 1;
