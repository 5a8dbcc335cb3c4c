-- What makes a poll a question of the quiz, what was earned in it, and what has been learnt.

-- What rules a poll has, as it was last worded. Of a question of the quiz `right_choice` is its answer, in the language
-- of the ballot's choices; `repeats` is the poll that it asks again.
CREATE VIEW poll_rule AS
SELECT
  broadcast,
  poll,
  form,
  repeats,
  quiz -> 'right' AS right_choice,
  iif(quiz ->> 'right' IS NULL, NULL, coalesce(quiz ->> 'points', 10)) AS points,
  coalesce(quiz ->> 'explanation', '') AS explanation,
  secret
FROM (
  SELECT
    broadcast,
    body ->> 'poll' AS poll,
    coalesce(body ->> 'form', '') AS form,
    body ->> 'repeats' AS repeats,
    body -> 'quiz' AS quiz,
    coalesce(body ->> 'secret', 0) AS secret,
    row_number() OVER (PARTITION BY broadcast, body ->> 'poll' ORDER BY seq DESC) AS latest
  FROM event
  WHERE body GLOB '{"type":"poll_added"*' OR body GLOB '{"type":"poll_edited"*'
)
WHERE latest = 1;

-- Each vote of the latest round beside a right answer, from 0 to 1: of the question itself (`asked` is its own number),
-- and of the poll that it asks again. What is right in its own way is told by what the ballot consists of.
CREATE VIEW quiz_score AS
SELECT
  broadcast,
  poll,
  asked,
  state,
  participant,
  name,
  unit,
  choice,
  points AS possible,
  CASE
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
  JOIN poll ON poll.broadcast = vote.broadcast AND poll.poll = vote.poll AND poll.rounds = vote.round
  WHERE rule.right_choice IS NOT NULL AND NOT rule.secret
);

-- What everybody has earned in each question that is closed. Halves go up.
CREATE VIEW quiz_answer AS
SELECT broadcast, poll, participant, name, unit, score, CAST(round(possible * score) AS INTEGER) AS points, possible
FROM quiz_score
WHERE asked = poll AND state = 'closed';

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
    rule.broadcast,
    rule.poll,
    rule.repeats AS earlier,
    past.choice AS before,
    now.choice AS after,
    was.score = 1 AS right_before,
    has.score = 1 AS right_after
  FROM poll_rule AS rule
  JOIN poll AS later ON later.broadcast = rule.broadcast AND later.poll = rule.poll
  JOIN poll AS former ON former.broadcast = rule.broadcast AND former.poll = rule.repeats
  JOIN vote AS now ON now.broadcast = rule.broadcast AND now.poll = rule.poll AND now.round = later.rounds
  JOIN vote AS past
    ON past.broadcast = rule.broadcast AND past.poll = rule.repeats AND past.round = former.rounds
    AND past.participant = now.participant
  LEFT JOIN quiz_score AS was
    ON was.broadcast = rule.broadcast AND was.poll = rule.poll AND was.asked = rule.repeats
    AND was.participant = now.participant
  LEFT JOIN quiz_score AS has
    ON has.broadcast = rule.broadcast AND has.poll = rule.poll AND has.asked = rule.poll
    AND has.participant = now.participant
  WHERE NOT rule.secret
)
WINDOW pair AS (PARTITION BY broadcast, poll);
