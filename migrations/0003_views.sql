-- The record, for people with a SQL prompt: views over the log, with names from the directory.
-- docs/record.md tells what each column means. Times are milliseconds since 1970, UTC; options count
-- from 0, as in the log. An event keeps no default, so an absent field is completed here. Its type is what is
-- written first: to compare a prefix is several times as fast as to read the JSON.
-- SQLite carries `WHERE broadcast = 7` down to the log's key only through layers with one partition each, and
-- never through a GROUP BY over a subquery or to the right of a LEFT JOIN. Hence the nesting: each layer adds
-- what one partition tells, the outermost keeps one row of each. Other broadcasts are not read.

-- From each start to the end after it; without `until` it is live.
CREATE VIEW live_period AS
SELECT broadcast, since, max(since, until) AS until
FROM (
  SELECT
    broadcast,
    body ->> 'type' AS type,
    at AS since,
    lead(at) OVER (PARTITION BY broadcast ORDER BY seq) AS until
  FROM event
  WHERE body GLOB '{"type":"started"*' OR body GLOB '{"type":"ended"*'
)
WHERE type = 'started';

-- What was on stage, from `at` to the next cue. A clock that was set back does not reorder cues.
CREATE VIEW cue AS
SELECT
  moment.broadcast,
  moment.cue,
  moment.at,
  lead(moment.at) OVER (PARTITION BY moment.broadcast ORDER BY moment.cue) AS until,
  slide.number AS slide,
  moment.overlay ->> 'kind' AS overlay,
  moment.overlay ->> 'poll' AS poll,
  moment.overlay ->> 'question' AS question,
  moment.overlay ->> 'text' AS text,
  moment.overlay ->> 'minutes' AS minutes
FROM (
  SELECT
    broadcast,
    row_number() OVER (PARTITION BY broadcast ORDER BY seq) AS cue,
    max(at) OVER (PARTITION BY broadcast ORDER BY seq) AS at,
    body ->> 'slide' AS slide,
    body -> 'overlay' AS overlay
  FROM event
  WHERE body GLOB '{"type":"cued"*'
) AS moment
LEFT JOIN slide ON slide.id = moment.slide;

-- Who wants which question answered: of each, the last word.
CREATE VIEW upvote AS
SELECT word.broadcast, word.question, word.participant, participant.name, participant.unit, word.at
FROM (
  SELECT
    broadcast,
    body ->> 'question' AS question,
    actor AS participant,
    at,
    body ->> 'on' AS stands,
    row_number() OVER (PARTITION BY broadcast, body ->> 'question', actor ORDER BY seq DESC) AS latest
  FROM event
  WHERE body GLOB '{"type":"question_upvoted"*'
) AS word
LEFT JOIN participant ON participant.id = word.participant
WHERE word.latest = 1 AND word.stands;

-- Each question as it stands now. `votes` are its own; what stands for others, of which it is the
-- `into_question`, counts their voters too. An anonymous one has no author, here as in the log.
CREATE VIEW question AS
SELECT
  asked.broadcast,
  asked.id,
  asked.at AS asked_at,
  asked.anonymous,
  asked.author,
  participant.name,
  participant.unit,
  slide.number AS slide,
  asked.wording AS text,
  asked.text AS original,
  asked.stands AS state,
  asked.votes,
  asked.joined AS into_question,
  asked.reply,
  asked.wording <> asked.text AS edited
FROM (
  SELECT
    *,
    iif(anonymous, NULL, actor) AS author,
    max(text) FILTER (WHERE latest_wording = 1) OVER whole AS wording,
    max(state) FILTER (WHERE topic = 'step' AND latest = 1) OVER whole AS stands,
    max(into_question) FILTER (WHERE topic = 'step' AND latest = 1) OVER whole AS joined,
    max(answer) FILTER (WHERE topic = 'reply' AND latest = 1) OVER whole AS reply,
    count(*) FILTER (WHERE topic = 'upvote' AND latest = 1 AND wanted) OVER whole AS votes
  FROM (
    SELECT
      *,
      row_number() OVER (PARTITION BY broadcast, id, topic, voice ORDER BY seq DESC) AS latest
    FROM (
      SELECT
        *,
        iif(topic = 'upvote', actor, NULL) AS voice,
        row_number() OVER (PARTITION BY broadcast, id, text IS NULL ORDER BY seq DESC) AS latest_wording
      FROM (
        SELECT
          broadcast,
          seq,
          at,
          actor,
          body ->> 'type' AS type,
          CASE body ->> 'type'
            WHEN 'question_upvoted' THEN 'upvote'
            WHEN 'question_edited' THEN 'wording'
            WHEN 'question_pinned' THEN 'pin'
            WHEN 'question_replied' THEN 'reply'
            ELSE 'step'
          END AS topic,
          body ->> 'question' AS id,
          body ->> 'anonymous' AS anonymous,
          body ->> 'slide' AS slide,
          body ->> 'text' AS text,
          body ->> 'on' AS wanted,
          body ->> 'into' AS into_question,
          body ->> 'reply' AS answer,
          CASE body ->> 'type'
            WHEN 'question_asked' THEN iif(body ->> 'pending', 'pending', 'live')
            WHEN 'question_withdrawn' THEN 'withdrawn'
            WHEN 'question_merged' THEN 'merged'
            ELSE body ->> 'to'
          END AS state
        FROM event
        WHERE body GLOB '{"type":"question_*'
      )
    )
  )
  WINDOW whole AS (PARTITION BY broadcast, id)
) AS asked
LEFT JOIN slide ON slide.id = asked.slide
LEFT JOIN participant ON participant.id = asked.author
WHERE asked.type = 'question_asked';

-- Each poll, drafts too. `ballot` is the whole of what is asked, as JSON.
CREATE VIEW poll AS
SELECT broadcast, poll, title, ballot ->> 'kind' AS kind, state, rounds, removed, ballot
FROM (
  SELECT
    broadcast,
    poll,
    type,
    max(title) FILTER (WHERE topic = 'wording' AND latest = 1) OVER whole AS title,
    max(ballot) FILTER (WHERE topic = 'wording' AND latest = 1) OVER whole AS ballot,
    coalesce(max(turn) FILTER (WHERE topic = 'turn' AND latest = 1) OVER whole, 'draft') AS state,
    coalesce(max(round) OVER whole, 0) AS rounds,
    coalesce(max(gone) FILTER (WHERE topic = 'place' AND latest = 1) OVER whole, 0) AS removed
  FROM (
    SELECT *, row_number() OVER (PARTITION BY broadcast, poll, topic ORDER BY seq DESC) AS latest
    FROM (
      SELECT
        broadcast,
        seq,
        body ->> 'type' AS type,
        CASE
          WHEN body ->> 'type' IN ('poll_added', 'poll_edited') THEN 'wording'
          WHEN body ->> 'type' IN ('poll_removed', 'poll_restored') THEN 'place'
          ELSE 'turn'
        END AS topic,
        body ->> 'poll' AS poll,
        body ->> 'title' AS title,
        body -> 'ballot' AS ballot,
        body ->> 'round' AS round,
        iif(body ->> 'type' = 'poll_closed', 'closed', 'open') AS turn,
        body ->> 'type' = 'poll_removed' AS gone
      FROM event
      WHERE body GLOB '{"type":"poll_*'
    )
  )
  WINDOW whole AS (PARTITION BY broadcast, poll)
)
WHERE type = 'poll_added';

-- What may be chosen in each poll: its options, the zones of its picture, or the steps of its scale with labels at the ends.
-- None where voters say what they like. What a kind of ballot is called plays no part.
CREATE VIEW poll_option AS
SELECT poll.broadcast, poll.poll, choice.key AS option, choice.value AS text
FROM poll, json_each(poll.ballot, '$.options') AS choice
UNION ALL
SELECT poll.broadcast, poll.poll, zone.key, zone.value ->> 'name'
FROM poll, json_each(poll.ballot, '$.zones') AS zone
UNION ALL
SELECT
  poll.broadcast,
  poll.poll,
  step.value - 1,
  CASE
    WHEN step.value = 1 AND poll.ballot ->> 'low' <> '' THEN '1 (' || (poll.ballot ->> 'low') || ')'
    WHEN step.value = poll.ballot ->> 'steps' AND poll.ballot ->> 'high' <> ''
      THEN step.value || ' (' || (poll.ballot ->> 'high') || ')'
    ELSE CAST(step.value AS TEXT)
  END
FROM poll, json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]') AS step
WHERE step.value <= poll.ballot ->> 'steps';

-- Each round of each poll; without `closed_at` it is open. A round that was reopened is the same round.
CREATE VIEW poll_round AS
SELECT broadcast, poll, round, opened_at, iif(type = 'poll_closed', at, NULL) AS closed_at
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
      max(body ->> 'round') OVER (PARTITION BY broadcast, body ->> 'poll' ORDER BY seq) AS round
    FROM event
    WHERE body GLOB '{"type":"poll_*' AND body ->> 'type' IN ('poll_opened', 'poll_closed', 'poll_reopened')
  )
)
WHERE latest = 1;

-- The vote that counts, of each participant in each round: the last, because a vote is logged only when it
-- takes the place of the one before. `choice` is a JSON list of options or texts, `marks` what it counts for.
CREATE VIEW vote AS
SELECT
  ballot.broadcast,
  ballot.poll,
  ballot.round,
  ballot.participant,
  participant.name,
  participant.unit,
  ballot.n,
  ballot.at,
  ballot.choice,
  ballot.marks
FROM (
  SELECT
    broadcast,
    body ->> 'poll' AS poll,
    body ->> 'round' AS round,
    actor AS participant,
    body ->> 'n' AS n,
    at,
    body -> 'choice' AS choice,
    coalesce(body -> 'marks', body -> 'choice') AS marks,
    row_number() OVER (
      PARTITION BY broadcast, body ->> 'poll', body ->> 'round', actor ORDER BY seq DESC
    ) AS latest
  FROM event
  WHERE body GLOB '{"type":"voted"*'
) AS ballot
LEFT JOIN participant ON participant.id = ballot.participant
WHERE ballot.latest = 1;

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

-- Each connection, cut where its page was hidden or looked at again; without `until` it is still open.
-- It ends when it leaves, or with a crash: then where the evidence ended. The name of a connection may come
-- again, so each arrival begins a visit. A clock that was set back takes nothing away.
CREATE VIEW attendance_interval AS
SELECT
  broadcast,
  participant,
  connection,
  role,
  unit,
  site,
  since,
  max(since, coalesce(until, crashed)) AS until,
  visible
FROM (
  SELECT
    broadcast,
    type,
    connection,
    first_value(actor) OVER stay AS participant,
    first_value(role) OVER stay AS role,
    first_value(unit) OVER stay AS unit,
    first_value(site) OVER stay AS site,
    at AS since,
    lead(at) OVER stay AS until,
    crashed,
    visible
  FROM (
    SELECT *, max(evidence) OVER (PARTITION BY broadcast, crashes_to_come) AS crashed
    FROM (
      SELECT
        *,
        -- counts the event itself: so a crash is in one group with all that it ended
        sum(type = 'restarted') OVER (PARTITION BY broadcast ORDER BY seq DESC) AS crashes_to_come
      FROM (
        SELECT *, sum(type = 'arrived') OVER (PARTITION BY broadcast, connection ORDER BY seq) AS visit
        FROM (
          SELECT
            broadcast,
            seq,
            at,
            actor,
            body ->> 'type' AS type,
            body ->> 'connection' AS connection,
            body ->> 'role' AS role,
            coalesce(body ->> 'unit', '') AS unit,
            coalesce(body ->> 'site', '') AS site,
            coalesce(body ->> 'visible', 1) AS visible,
            body ->> 'until' AS evidence
          FROM event
          WHERE body GLOB '{"type":"arrived"*' OR body GLOB '{"type":"looked"*'
            OR body GLOB '{"type":"left"*' OR body GLOB '{"type":"restarted"*'
        )
      )
    )
  )
  WINDOW stay AS (PARTITION BY broadcast, connection, visit ORDER BY seq)
)
WHERE type IN ('arrived', 'looked');

-- Until when anything is known of a broadcast. What is still open is counted until then, never until "now":
-- the same file gives the same answer on any day.
CREATE VIEW known_until AS
SELECT newest.broadcast, max(newest.at, coalesce(served.until, 0)) AS at
FROM (SELECT broadcast, max(at) AS at FROM event GROUP BY broadcast) AS newest
LEFT JOIN served ON served.broadcast = newest.broadcast;

-- The evidence of who was there, of three kinds: connected, visible, and connected while live. `adds` (ms) is
-- what an interval adds to the earlier ones of its participant, `adds_to_person` to those of its person on
-- the roster: two phones at once count once. Summed they give the length of the union, because of intervals
-- in the order of their start only what reaches past all before it is new. Screens are no people.
CREATE VIEW attendance_evidence AS
SELECT
  *,
  row_number() OVER (
    PARTITION BY broadcast, who, evidence ORDER BY since DESC, until DESC
  ) AS latest_of_person,
  max(0, until - max(since, coalesce(max(until) OVER (
    PARTITION BY broadcast, who, evidence
    ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ), since))) AS adds_to_person
FROM (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY broadcast, participant, evidence ORDER BY since DESC, until DESC
    ) AS latest,
    max(0, until - max(since, coalesce(max(until) OVER (
      PARTITION BY broadcast, participant, evidence
      ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), since))) AS adds
  FROM (
    SELECT
      stay.broadcast,
      stay.participant,
      participant.person,
      coalesce(participant.person, stay.participant) AS who,
      measure.evidence,
      stay.role,
      stay.unit,
      stay.site,
      max(stay.since, measure.since) AS since,
      max(stay.since, measure.since, min(coalesce(stay.until, known_until.at), measure.until)) AS until,
      stay.until IS NULL AS here
    FROM attendance_interval AS stay
    JOIN known_until ON known_until.broadcast = stay.broadcast
    JOIN (
      SELECT id AS broadcast, 'connected' AS evidence, 0 AS since, 1 << 53 AS until FROM broadcast
      UNION ALL
      SELECT id, 'visible', 0, 1 << 53 FROM broadcast
      UNION ALL
      SELECT broadcast, 'live', since, coalesce(until, 1 << 53) FROM live_period
    ) AS measure ON measure.broadcast = stay.broadcast
    LEFT JOIN participant ON participant.id = stay.participant
    WHERE stay.role <> 'screen' AND (measure.evidence <> 'visible' OR stay.visible)
  )
);

-- Everyone who was ever connected: names from the directory, unit and site as they were at the last arrival.
-- Seconds are whole ones that are covered by evidence; `seconds_live` lies between start and end.
CREATE VIEW attendance AS
SELECT
  seen.broadcast,
  seen.participant,
  seen.person,
  participant.name,
  seen.unit,
  seen.site,
  seen.role,
  seen.first_seen,
  seen.last_seen,
  seen.connections_open > 0 AS here,
  seen.connected / 1000 AS seconds_connected,
  coalesce(seen.looked_at, 0) / 1000 AS seconds_visible,
  coalesce(seen.live, 0) / 1000 AS seconds_live
FROM (
  SELECT
    *,
    min(since) FILTER (WHERE evidence = 'connected') OVER whole AS first_seen,
    max(until) FILTER (WHERE evidence = 'connected') OVER whole AS last_seen,
    sum(here) FILTER (WHERE evidence = 'connected') OVER whole AS connections_open,
    sum(adds) FILTER (WHERE evidence = 'connected') OVER whole AS connected,
    sum(adds) FILTER (WHERE evidence = 'visible') OVER whole AS looked_at,
    sum(adds) FILTER (WHERE evidence = 'live') OVER whole AS live
  FROM attendance_evidence
  WINDOW whole AS (PARTITION BY broadcast, participant)
) AS seen
LEFT JOIN participant ON participant.id = seen.participant
WHERE seen.evidence = 'connected' AND seen.latest = 1;

-- Everyone who was expected, on however many devices. `present`: whether they were ever connected.
CREATE VIEW roster_attendance AS
SELECT
  seen.broadcast,
  seen.person,
  person.position,
  person.number,
  person.name,
  person.unit,
  seen.first_seen IS NOT NULL AS present,
  seen.last_site AS site,
  seen.last_role AS role,
  seen.first_seen,
  seen.last_seen,
  coalesce(seen.connections_open, 0) > 0 AS here,
  coalesce(seen.connected, 0) / 1000 AS seconds_connected,
  coalesce(seen.looked_at, 0) / 1000 AS seconds_visible,
  coalesce(seen.live, 0) / 1000 AS seconds_live
FROM (
  SELECT
    *,
    max(site) FILTER (WHERE evidence = 'connected' AND latest_of_person = 1) OVER whole AS last_site,
    max(role) FILTER (WHERE evidence = 'connected' AND latest_of_person = 1) OVER whole AS last_role,
    min(since) FILTER (WHERE evidence = 'connected') OVER whole AS first_seen,
    max(until) FILTER (WHERE evidence = 'connected') OVER whole AS last_seen,
    sum(here) FILTER (WHERE evidence = 'connected') OVER whole AS connections_open,
    sum(adds_to_person) FILTER (WHERE evidence = 'connected') OVER whole AS connected,
    sum(adds_to_person) FILTER (WHERE evidence = 'visible') OVER whole AS looked_at,
    sum(adds_to_person) FILTER (WHERE evidence = 'live') OVER whole AS live
  FROM (
    SELECT broadcast, person, evidence, site, role, since, until, here, latest_of_person, adds_to_person
    FROM attendance_evidence
    UNION ALL
    SELECT broadcast, id, 'expected', NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM person
  )
  WINDOW whole AS (PARTITION BY broadcast, person)
) AS seen
JOIN person ON person.id = seen.person
WHERE seen.evidence = 'expected';
