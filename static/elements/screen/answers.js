/**
 * A wall on the screen: one page of answers in type for the last row, and after a while the next.
 * Drawn as the matter of a poll's board (poll.js); which page it is, it remembers itself.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../../core/answers.js").Turn} Turn
 */

import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { repeat } from "lit-html/directives/repeat.js";
import { _ } from "../../core/i18n.js";
import { number } from "../../core/text.js";
import { SCREEN, answersOf, pageWith, pagesOf, turned } from "../../core/answers.js";

export const LARGEST = 0.052; // of the box's height: the same type on each page, however little stands on it

/** The page that is seen now. @type {Turn | null} */
let turn = null;

/**
 * The page of answers that is to be seen now: the one that the desk has chosen, or each in turn.
 * @param {Page} page @param {number} poll @param {PollDoc} doc
 */
export function answersSeen(page, poll, { round }) {
  const answers = answersOf(page.store, poll, round);
  const pages = pagesOf(answers, SCREEN);
  const of = `${poll}/${round}`;
  const over = page.cue()?.overlay;
  const first = over?.kind === "poll" ? over.first : null;
  turn =
    first == null
      ? turned(turn, of, { pages: pages.length, answers: answers.length, now: page.now() })
      : { of, page: pageWith(pages, first), since: page.now(), answers: answers.length };
  const columns = pages[turn.page] ?? [];
  return {
    key: columns.flat().map(({ text }) => text),
    matter: keyed(turn.page, html`<div class="wall-page">${columns.map(column)}</div>`),
    below: pages.length > 1 ? html`<p class="board__below">${_("Page {n} of {all}", { n: turn.page + 1, all: pages.length })}</p>` : nothing,
  };
}

/** @param {import("../../protocol.d.ts").Said[]} answers */
const column = (answers) => html`<ul class="wall-page__column" role="list">
  ${repeat(
    answers,
    ({ text }) => text,
    ({ text, votes }) => html`<li class="wall__text"><span>${text}</span>${votes > 1 ? html`<small>× ${number(votes)}</small>` : nothing}</li>`,
  )}
</ul>`;
