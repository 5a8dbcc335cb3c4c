/**
 * What lies over the slide, as the hall sees it: a question, a poll (poll.js), a
 * break that counts down, a notice of the rundown, the scores, or nothing at all (blank).
 * It shows what the docs say and decides nothing.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../core/docs.d.ts").Overlay} Overlay
 * @typedef {import("../../protocol.d.ts").BroadcastDoc} BroadcastDoc
 * @typedef {import("../../protocol.d.ts").CueDoc} CueDoc
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { duration } from "../../core/text.js";
import { scoreboard } from "../polls/quiz.js";
import { board, phrased } from "./board.js";
import { pollBoard } from "./poll.js";

const LONG = 200; // characters from which bold type is too much of it
const LINES = 12; // more than that are no longer kept apart

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
      return pollBoard(page, broadcast, overlay.poll);
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
 * @param {import("../../protocol.d.ts").BreakOverlay} overlay
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
