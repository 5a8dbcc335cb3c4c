-- What is asked without a name is kept beside the log: a number in it would lie between neighbours that name
-- people to the millisecond. The key is the hash of a secret that only the asker's phone has, so rows lie in an
-- order that tells nothing. No actor, no command, and no slide: one that was on stage for a minute tells the minute.

CREATE TABLE anonymous_question (
  broadcast     INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
  question      TEXT NOT NULL,
  at            INTEGER NOT NULL,             -- ms, to five minutes
  text          TEXT NOT NULL,
  pending       INTEGER NOT NULL,             -- 1: a moderator was to read it first
  withdrawn_at  INTEGER,                      -- ms, to five minutes
  PRIMARY KEY (broadcast, question)
) STRICT, WITHOUT ROWID;

-- Those of earlier versions move out of the log, and its numbers close up: a gap would tell where they stood.
INSERT INTO anonymous_question
SELECT broadcast, body ->> 'question', at - at % 300000, body ->> 'text', body ->> 'pending', NULL
FROM event
WHERE body GLOB '{"type":"question_asked"*' AND body ->> 'anonymous';

UPDATE anonymous_question
SET withdrawn_at = taken.at - taken.at % 300000
FROM (
  SELECT broadcast, body ->> 'question' AS question, at FROM event WHERE body GLOB '{"type":"question_withdrawn"*'
) AS taken
WHERE taken.broadcast = anonymous_question.broadcast AND taken.question = anonymous_question.question;

DELETE FROM event
WHERE (body GLOB '{"type":"question_asked"*' OR body GLOB '{"type":"question_withdrawn"*') AND body ->> 'anonymous';

UPDATE event
SET seq = -closed.place
FROM (
  SELECT broadcast, seq, row_number() OVER (PARTITION BY broadcast ORDER BY seq) AS place
  FROM event
  WHERE broadcast IN (SELECT broadcast FROM anonymous_question)
) AS closed
WHERE closed.broadcast = event.broadcast AND closed.seq = event.seq;

UPDATE event SET seq = -seq WHERE seq < 0;

DROP VIEW question;

-- Each question as it stands now. `votes` are its own; what stands for others, of which it is the
-- `into_question`, counts their voters too. An anonymous one was asked before all that was done with it, and
-- withdrawn after: it has no other place.
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
        UNION ALL
        SELECT
          broadcast, 0, at, NULL, 'question_asked', 'step', question, 1, NULL, text, NULL, NULL, NULL,
          iif(pending, 'pending', 'live')
        FROM anonymous_question
        UNION ALL
        SELECT
          broadcast, 1 << 62, withdrawn_at, NULL, 'question_withdrawn', 'step', question, 1, NULL, NULL, NULL, NULL,
          NULL, 'withdrawn'
        FROM anonymous_question
        WHERE withdrawn_at IS NOT NULL
      )
    )
  )
  WINDOW whole AS (PARTITION BY broadcast, id)
) AS asked
LEFT JOIN slide ON slide.id = asked.slide
LEFT JOIN participant ON participant.id = asked.author
WHERE asked.type = 'question_asked';
