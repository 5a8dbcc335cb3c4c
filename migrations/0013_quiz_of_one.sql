-- The views of the quiz read their own broadcast and no other: each join names it by the same column, and what was
-- asked twice is compared in one pass.

DROP VIEW poll_gain;
DROP VIEW quiz_answer;
DROP VIEW quiz_score;

-- Each vote of the latest round beside a right answer, from 0 to 1: of the question itself (`asked` is its own number),
-- and of the poll that it asks again (`earlier`). Of a poll that asks again without a right answer there is no score. What is right in its own way is told by what the ballot consists of.
CREATE VIEW quiz_score AS
SELECT
  broadcast,
  poll,
  earlier,
  asked,
  state,
  participant,
  name,
  unit,
  choice,
  points AS possible,
  CASE
    WHEN right_choice IS NULL THEN NULL
    WHEN zones IS NOT NULL THEN (
      SELECT 1.0 * sum(mark.value < zones) / min(zones, most) FROM json_each(marks) AS mark
    )
    WHEN options IS NULL THEN 1.0 * (
      -- a number: in thousandths, because no ballot has more places
      abs(round((choice ->> 0) * 1000) - round((right_choice ->> 0) * 1000)) <= round(coalesce(right_choice ->> 1, 0) * 1000)
    )
    WHEN most IS NULL AND json_array_length(right_choice) = options THEN (
      -- an order: pairs that stand right, where half of them is chance
      SELECT max(0.0, 2.0 * sum(here.key < there.key) / count(*) - 1)
      FROM json_each(choice) AS one
      JOIN json_each(choice) AS other ON one.key < other.key
      JOIN json_each(right_choice) AS here ON here.value = one.value
      JOIN json_each(right_choice) AS there ON there.value = other.value
    )
    ELSE (
      -- of several options a wrong one takes away what a right one gives
      SELECT max(0.0, sum(iif(each.value IN (SELECT value FROM json_each(right_choice)), 1.0, -1.0)) / json_array_length(right_choice))
      FROM json_each(choice) AS each
    )
  END AS score
FROM (
  SELECT
    rule.broadcast,
    rule.poll,
    rule.repeats AS earlier,
    vote.poll AS asked,
    poll.state,
    vote.participant,
    vote.name,
    vote.unit,
    vote.choice,
    vote.marks,
    rule.right_choice,
    rule.points,
    json_array_length(poll.ballot, '$.options') AS options,
    json_array_length(poll.ballot, '$.zones') AS zones,
    poll.ballot ->> 'max' AS most
  FROM poll_rule AS rule
  JOIN vote ON vote.broadcast = rule.broadcast AND vote.poll IN (rule.poll, rule.repeats)
  JOIN poll ON poll.broadcast = rule.broadcast AND poll.poll = vote.poll AND poll.rounds = vote.round
  WHERE coalesce(rule.right_choice, rule.repeats) IS NOT NULL AND NOT rule.secret
);

-- What everybody has earned in each question that is closed. Halves go up.
CREATE VIEW quiz_answer AS
SELECT broadcast, poll, participant, name, unit, score, CAST(round(possible * score) AS INTEGER) AS points, possible
FROM quiz_score
WHERE asked = poll AND state = 'closed' AND possible IS NOT NULL;

-- Of those who answered both times: how many have changed their answer, and of a question how many were wholly right.
CREATE VIEW poll_gain AS
SELECT DISTINCT
  broadcast,
  poll,
  earlier,
  count(*) OVER pair AS both,
  sum(before <> after) OVER pair AS changed,
  sum(right_before) OVER pair AS right_before,
  sum(right_after) OVER pair AS right_after
FROM (
  SELECT
    broadcast,
    poll,
    earlier,
    asked,
    lag(choice) OVER person AS before,
    choice AS after,
    lag(score = 1) OVER person AS right_before,
    score = 1 AS right_after
  FROM quiz_score
  WHERE earlier IS NOT NULL
  WINDOW person AS (PARTITION BY broadcast, poll, participant ORDER BY asked = poll)
)
WHERE asked = poll AND before IS NOT NULL
WINDOW pair AS (PARTITION BY broadcast, poll);
