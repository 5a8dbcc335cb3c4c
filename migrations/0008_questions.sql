-- Words with which a question waits for a moderator, one a line; whether a question has one of them.
ALTER TABLE broadcast ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE anonymous_question ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;

DROP VIEW question;

-- Each question as it stands now. `votes` are its own; what stands for others, of which it is the
-- `into_question`, counts their voters too. An anonymous one was asked before all that was done with it, and
-- withdrawn after: it has no other place. `reply_private`: the reply is for the asker alone.
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
  asked.reply_private,
  asked.listed,
  asked.wording <> asked.text AS edited
FROM (
  SELECT
    *,
    iif(anonymous, NULL, actor) AS author,
    max(text) FILTER (WHERE latest_wording = 1) OVER whole AS wording,
    max(state) FILTER (WHERE topic = 'step' AND latest = 1) OVER whole AS stands,
    max(into_question) FILTER (WHERE topic = 'step' AND latest = 1) OVER whole AS joined,
    max(answer) FILTER (WHERE topic = 'reply' AND latest = 1) OVER whole AS reply,
    coalesce(max(private) FILTER (WHERE topic = 'reply' AND latest = 1) OVER whole, 0) AS reply_private,
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
            WHEN 'question_labelled' THEN 'label'
            ELSE 'step'
          END AS topic,
          body ->> 'question' AS id,
          body ->> 'anonymous' AS anonymous,
          body ->> 'slide' AS slide,
          body ->> 'text' AS text,
          body ->> 'on' AS wanted,
          body ->> 'into' AS into_question,
          body ->> 'reply' AS answer,
          body ->> 'private' AS private,
          coalesce(body ->> 'listed', 0) AS listed,
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
          broadcast, 0, at, NULL, 'question_asked', 'step', question, 1, NULL, text, NULL, NULL, NULL, NULL,
          listed, iif(pending, 'pending', 'live')
        FROM anonymous_question
        UNION ALL
        SELECT
          broadcast, 1 << 62, withdrawn_at, NULL, 'question_withdrawn', 'step', question, 1, NULL, NULL, NULL, NULL,
          NULL, NULL, 0, 'withdrawn'
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

-- The labels that stand on questions now, with what they are called now.
CREATE VIEW question_label AS
SELECT mark.broadcast, mark.question, mark.label, kind.name, kind.colour, kind.public
FROM (
  SELECT
    broadcast,
    body ->> 'question' AS question,
    body ->> 'label' AS label,
    body ->> 'on' AS stands,
    row_number() OVER (PARTITION BY broadcast, body ->> 'question', body ->> 'label' ORDER BY seq DESC) AS latest
  FROM event
  WHERE body GLOB '{"type":"question_labelled"*'
) AS mark
JOIN (
  SELECT
    broadcast,
    body ->> 'type' AS type,
    body ->> 'label' AS label,
    body ->> 'name' AS name,
    body ->> 'colour' AS colour,
    coalesce(body ->> 'public', 0) AS public,
    row_number() OVER (PARTITION BY broadcast, body ->> 'label' ORDER BY seq DESC) AS latest
  FROM event
  WHERE body GLOB '{"type":"label_*'
) AS kind ON kind.broadcast = mark.broadcast AND kind.label = mark.label
WHERE mark.latest = 1 AND mark.stands AND kind.latest = 1 AND kind.type = 'label_set';

-- Questions that a unit has to see to: by which day, what came of it, and whether it is done.
CREATE VIEW action_item AS
SELECT broadcast, question, unit, due, at AS assigned_at, outcome, coalesce(done, 0) AS done
FROM (
  SELECT
    *,
    max(result) FILTER (WHERE topic = 'settle' AND latest = 1 AND seq > dropped) OVER whole AS outcome,
    max(finished) FILTER (WHERE topic = 'settle' AND latest = 1 AND seq > dropped) OVER whole AS done
  FROM (
    SELECT
      *,
      coalesce(max(seq) FILTER (WHERE type = 'action_unassigned') OVER whole, 0) AS dropped
    FROM (
      SELECT *, row_number() OVER (PARTITION BY broadcast, question, topic ORDER BY seq DESC) AS latest
      FROM (
        SELECT
          broadcast,
          seq,
          at,
          body ->> 'type' AS type,
          iif(body ->> 'type' = 'action_settled', 'settle', 'assign') AS topic,
          body ->> 'question' AS question,
          body ->> 'unit' AS unit,
          body ->> 'due' AS due,
          body ->> 'outcome' AS result,
          body ->> 'done' AS finished
        FROM event
        WHERE body GLOB '{"type":"action_*'
      )
    )
    WINDOW whole AS (PARTITION BY broadcast, question)
  )
  WINDOW whole AS (PARTITION BY broadcast, question)
)
WHERE type = 'action_assigned' AND latest = 1;
