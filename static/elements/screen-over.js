/**
 * What lies over the slide, as the hall sees it: a question, a poll with large bars, a
 * break that counts down, a notice of the rundown, or nothing at all (blank). A poll
 * has one drawing from its opening to its result: only the figures come in, so the
 * bars grow in their place. It shows what the docs say and decides nothing.
 *
 * @typedef {import("../core/page.js").Page} Page
 * @typedef {import("../core/docs.d.ts").Overlay} Overlay
 * @typedef {import("../protocol.d.ts").BroadcastDoc} BroadcastDoc
 * @typedef {import("../protocol.d.ts").CueDoc} CueDoc
 */

import { html, nothing } from "lit-html";
import { kindOf, optionsOf, resultOf } from "../ballots/index.js";
import * as icons from "../core/icons.js";
import { _, ngettext } from "../core/i18n.js";
import { duration } from "../core/text.js";
import { pollOf, tallyOf, waitingFor } from "../core/polling.js";
import { slidesOf } from "../core/store.js";
import { vars } from "../core/vars.js";
import { learnt, scoreboard, solution } from "./quiz.js";
import { board, phrased } from "./screen-board.js";
import { timeLeft } from "./poll-result.js";
import { joinCard } from "./screen-join.js";

const LONG = 200; // characters from which bold type is too much of it
const LINES = 12; // more than that are no longer kept apart
const MANY = 7; // options from which they stand in two columns

/**
 * `nothing` where the slide is to be seen after all.
 * @param {Page} page @param {BroadcastDoc} broadcast
 * @param {CueDoc} cue
 * @param {Overlay} overlay
 */
export function over(page, broadcast, cue, overlay) {
  switch (overlay.kind) {
    case "blank":
      return html``;
    case "break":
      return pause(overlay, cue.at, page.media());
    case "notice":
      return notice(overlay.text);
    case "question":
      return question(page, overlay.question);
    case "poll":
      return poll(page, broadcast, overlay.poll);
    case "scores":
      return scores(page);
  }
}

/** @param {string} text */
function words(text) {
  const long = text.length > LONG ? "board__words--long" : "";
  const flowing = text.split("\n").length > LINES ? "board__words--flowing" : "";
  return html`<p class="board__words ${long} ${flowing}">${phrased(text)}</p>`;
}

/**
 * @param {import("../protocol.d.ts").BreakOverlay} overlay
 * @param {number} since
 * @param {number} now
 */
function pause({ text, minutes }, since, now) {
  const left = since + minutes * 60_000 - now;
  const count = duration(left);
  return board({
    kind: "break",
    icon: icons.cup(),
    name: _("Break"),
    key: `${text}|${count.length}|${left > 0}`,
    largest: 0.11,
    matter: html`${text ? words(text) : nothing}
      ${
        left > 0
          ? html`<p class="board__count" role="timer">${count}</p>`
          : html`<p class="board__soon">${_("We go on in a moment.")}</p>`
      }`,
  });
}

/** @param {string} text */
const notice = (text) =>
  board({ kind: "words", icon: icons.bell(), name: _("Notice"), matter: words(text), key: text });

/** @param {Page} page @param {string} id */
function question({ store }, id) {
  const doc = store.get(`question/${id}`);
  if (!doc?.text) return nothing; // taken back between two patches
  const by = doc.by ? [doc.by, doc.unit].filter(Boolean).join(" · ") : _("Anonymous");
  return board({
    kind: "words",
    icon: icons.question(),
    name: _("Question"),
    matter: words(doc.text),
    key: doc.text,
    below: html`<p class="board__below">${by}</p>`,
  });
}

/** @param {Page} page @param {BroadcastDoc} broadcast @param {number} number */
function poll(page, broadcast, number) {
  const doc = pollOf(page, number);
  if (!doc) return nothing;
  const tally = tallyOf(page, number, doc);
  const { votes = 0, counts } = tally ?? {};
  const kind = kindOf(doc.ballot);
  const options = optionsOf(doc.ballot);
  const drawn = resultOf(doc.ballot, tally, { right: doc.quiz?.right ?? [], slides: slidesOf(page.store) });
  const state = doc.state === "open" ? _("Poll, open now") : _("Poll, closed");
  return board({
    kind: "poll",
    icon: icons.poll(),
    name: doc.round > 1 ? `${state} · ${_("Round {n}", { n: doc.round })}` : state,
    key: JSON.stringify([doc.title, doc.ballot, doc.state, !!counts, votes > 0, !!tally?.gain, tally?.said?.map(({ text }) => text)]),
    largest: options.length > 3 ? 0.075 : 0.085,
    matter: html`<h1 class="board__asked">${phrased(doc.title)}</h1>
      <div
        class="tally ${counts ? "" : "tally--hidden"} ${options.length >= MANY ? "tally--columns" : ""}"
        ${vars({ rows: Math.ceil(options.length / 2) })}
      >
        ${drawn}
      </div>
      ${counts ? html`${learnt(tally?.gain)} ${solution(doc)}` : nothing}`,
    below: html`<p class="board__below">
      ${doc.state === "open" ? html`<span class="board__soft">${kind.hint(doc.ballot)}</span>` : awaited(page, doc)}
      ${timeLeft(doc, page.media())}
      <b class="board__votes">${ngettext("{n} has voted", "{n} have voted", votes)}</b>
    </p>`,
    aside: doc.state === "open" ? joinCard(broadcast) : nothing,
  });
}

/** @param {Page} page */
function scores(page) {
  const doc = page.store.get("scores");
  return board({
    kind: "scores",
    icon: icons.poll(),
    name: _("Scores"),
    key: JSON.stringify(doc ?? null),
    largest: 0.06,
    matter: scoreboard(doc),
  });
}

/** Why the result is not there yet. @param {Page} page @param {import("../protocol.d.ts").PollDoc} poll */
function awaited(page, poll) {
  const left = Math.ceil(waitingFor(page, poll) / 1000);
  if (!left) return nothing;
  return html`<span class="board__soft" role="timer">${_("Waiting for remote viewers, {n} s", { n: left })}</span>`;
}
