-- The results of polls by group: of named votes by the site, the kind of site and the unit of their voters, as they are
-- now; of a secret poll by the one thing that it promised, as it was written when its round was over.

DROP VIEW poll_rule;

-- What rules a poll has, as it was last worded. Of a question of the quiz `right_choice` is its answer, in the language
-- of the ballot's choices; `repeats` is the poll that it asks again; `split` is by what a secret one is counted in groups.
CREATE VIEW poll_rule AS
SELECT
  broadcast,
  poll,
  form,
  repeats,
  quiz -> 'right' AS right_choice,
  iif(quiz ->> 'right' IS NULL, NULL, coalesce(quiz ->> 'points', 10)) AS points,
  coalesce(quiz ->> 'explanation', '') AS explanation,
  secret,
  split
FROM (
  SELECT
    broadcast,
    body ->> 'poll' AS poll,
    coalesce(body ->> 'form', '') AS form,
    body ->> 'repeats' AS repeats,
    body -> 'quiz' AS quiz,
    coalesce(body ->> 'secret', 0) AS secret,
    body ->> 'split' AS split,
    row_number() OVER (PARTITION BY broadcast, body ->> 'poll' ORDER BY seq DESC) AS latest
  FROM event
  WHERE body GLOB '{"type":"poll_added"*' OR body GLOB '{"type":"poll_edited"*'
)
WHERE latest = 1;

-- What each named vote is counted in: by the unit, the site and the kind of site of its voter, as they are now; empty
-- where there is none.
CREATE VIEW vote_group AS
SELECT
  vote.broadcast,
  vote.poll,
  vote.round,
  vote.participant,
  way.value AS split,
  coalesce(
    CASE way.value WHEN 'unit' THEN vote.unit WHEN 'site' THEN coalesce(site.name, voter.site) ELSE site.kind END,
    ''
  ) AS group_name,
  vote.marks
FROM vote
LEFT JOIN participant AS voter ON voter.id = vote.participant
LEFT JOIN site ON site.broadcast = voter.broadcast AND site.id = voter.site
JOIN json_each('["unit", "site", "kind"]') AS way;

-- The groups of secret polls, as they were written. `counts` is a JSON list, a figure for each option.
CREATE VIEW secret_group AS
SELECT
  event.broadcast,
  event.body ->> 'poll' AS poll,
  event.body ->> 'round' AS round,
  event.body ->> 'by' AS split,
  coalesce(site.name, part.value ->> 'name', '') AS group_name,
  coalesce(part.value ->> 'rest', 0) AS rest,
  part.value ->> 'votes' AS voters,
  coalesce(part.value -> 'counts', '[]') AS counts,
  part.value ->> 'median' AS median
FROM event
JOIN json_each(event.body, '$.groups') AS part
LEFT JOIN site
  ON event.body ->> 'by' = 'site' AND site.broadcast = event.broadcast AND site.id = part.value ->> 'name'
WHERE event.body GLOB '{"type":"split_counted"*';

-- The votes for each option in each group of a round, where there are any; what was said stands as `option`. `voters` is
-- of the group. `rest`: so many small groups of a secret poll were put together into this one. Of a secret poll that asks
-- for a number there is the `median` of each group and nothing else.
CREATE VIEW poll_split AS
SELECT broadcast, poll, round, split, group_name, 0 AS rest, option, votes, voters, NULL AS median
FROM (
  SELECT *, row_number() OVER (PARTITION BY broadcast, poll, round, split, group_name, option) AS place
  FROM (
    SELECT *, sum(voter) OVER (PARTITION BY broadcast, poll, round, split, group_name) AS voters
    FROM (
      SELECT *, count(*) OVER (PARTITION BY broadcast, poll, round, split, group_name, option) AS votes
      FROM (
        -- each choice has a first mark, which stands for its voter
        SELECT
          member.broadcast,
          member.poll,
          member.round,
          member.split,
          member.group_name,
          mark.value AS option,
          mark.key = 0 AS voter
        FROM vote_group AS member, json_each(member.marks) AS mark
      )
    )
  )
) AS counted
JOIN poll USING (broadcast, poll)
WHERE place = 1 AND (
  typeof(option) = 'text'
  OR option < coalesce(json_array_length(ballot, '$.options'), json_array_length(ballot, '$.zones'), ballot ->> 'steps')
)
UNION ALL
SELECT
  counted.broadcast,
  counted.poll,
  counted.round,
  counted.split,
  counted.group_name,
  counted.rest,
  option.key,
  option.value,
  counted.voters,
  counted.median
FROM secret_group AS counted
LEFT JOIN json_each(counted.counts) AS option
WHERE option.value > 0 OR counted.median IS NOT NULL;
