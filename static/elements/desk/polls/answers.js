/**
 * A wall at the desk: all answers, a page of them at a time, those first that wait to be let
 * through. What is judged leaves that list, and the next one comes up. Part of the polls of the
 * desk (polls.js), which draws the answers themselves like any result.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../../../protocol.d.ts").Said} Said
 * @typedef {{page: number, all: boolean}} Reading   which page, of all answers or of those that wait
 */

import { html, nothing } from "lit-html";
import { kindOf } from "../../../ballots/index.js";
import { SCREEN, answersOf, beginnings, pageWith, pagesOf } from "../../../core/answers.js";
import { _, ngettext } from "../../../core/i18n.js";

const ON_A_PAGE = 12; // answers that are read and judged without scrolling far
const MOST = 2_000; // answers that the server tells: as in live/domain/ballots/kind.py

/** What is read of a wall now, and the buttons to read on. @param {Desk} desk @param {number} number @param {PollDoc} poll */
export function answersRead({ page, polling }, number, { round }) {
  const answers = answersOf(page.store, number, round);
  const waiting = answers.filter((each) => each.waits);
  const { page: wished, all } = polling.reading.get(number) ?? { page: 0, all: !waiting.length };
  const listed = all ? [...answers].reverse() : waiting;
  const pages = Math.max(1, Math.ceil(listed.length / ON_A_PAGE));
  const at = Math.min(wished, pages - 1);
  const read = (/** @type {Partial<Reading>} */ change) => polling.read(number, { page: at, all, ...change });
  return {
    said: listed.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE),
    filter: waiting.length || !all ? filter(all, answers.length, waiting.length, read) : nothing,
    pager: html`${pages > 1 ? pager(at, pages, read) : nothing}
    ${answers.length >= MOST ? html`<p class="soft">${_("More than {n} different answers: the rest is in the export of the votes.", { n: MOST })}</p>` : nothing}`,
  };
}

/**
 * Which page of it the hall sees, where it lies on the stage: each in turn, or the one that is chosen here.
 * @param {Desk} desk @param {number} number @param {PollDoc} poll
 */
export function answersStaged({ page, polling }, number, { shown, round, ballot }) {
  const over = page.cue()?.overlay;
  if (!shown || !kindOf(ballot).paged || over?.kind !== "poll" || over.poll !== number) return nothing;
  const seen = answersOf(page.store, number, round).filter((each) => each.shown !== false);
  const pages = pagesOf(seen, SCREEN);
  if (pages.length < 2) return nothing;
  const at = over.first == null ? -1 : pageWith(pages, over.first);
  const to = (/** @type {number} */ place) => polling.turnTo(number, beginnings(pages)[place] ?? 0);
  return html`<p class="cluster wall__pager" role="group" aria-label=${_("Pages on the screen")}>
    <button type="button" class="button button--small" data-do="wall-before" ?disabled=${at < 1} @click=${() => to(at - 1)}>${_("Previous page")}</button>
    <span class="number">${at < 0 ? _("Pages turn by themselves") : _("Page {n} of {all}", { n: at + 1, all: pages.length })}</span>
    <button type="button" class="button button--small" data-do="wall-after" ?disabled=${at >= pages.length - 1} @click=${() => to(at + 1)}>${at < 0 ? _("Stay on the first page") : _("Next page")}</button>
    ${at < 0 ? nothing : html`<button type="button" class="button button--small button--quiet" data-do="wall-auto" @click=${() => polling.turnTo(number, null)}>${_("Turn by themselves")}</button>`}
  </p>`;
}

/**
 * A poll as the stage is to show it: of open text the page that all screens stay on, where one was chosen.
 * @param {import("../../../core/page.js").Page} page @param {number} number
 * @param {import("../../../core/polling.js").Seen | undefined} seen
 */
export function withPageStaged(page, number, seen) {
  const over = page.cue()?.overlay;
  if (!seen?.tally?.said || !kindOf(seen.poll.ballot).paged || over?.kind !== "poll" || over.first == null) return seen;
  const pages = pagesOf(answersOf(page.store, number, seen.poll.round).filter((each) => each.shown !== false), SCREEN);
  const said = (pages[pageWith(pages, over.first)] ?? []).flat();
  return { ...seen, tally: { ...seen.tally, said } };
}

/** @param {boolean} all @param {number} answers @param {number} waiting @param {(change: Partial<Reading>) => void} read */
function filter(all, answers, waiting, read) {
  const choice = (/** @type {boolean} */ of, /** @type {string} */ name) =>
    html`<button type="button" class="segments__one" aria-pressed=${all === of ? "true" : "false"} @click=${() => read({ all: of, page: 0 })}>${name}</button>`;
  return html`<div class="segments" role="group" aria-label=${_("Answers")}>
    ${choice(false, ngettext("{n} answer waits", "{n} answers wait", waiting))} ${choice(true, ngettext("{n} answer in all", "{n} answers in all", answers))}
  </div>`;
}

/** @param {number} at @param {number} pages @param {(change: Partial<Reading>) => void} read */
const pager = (at, pages, read) => html`<p class="cluster wall__pager">
  <button type="button" class="button button--small" data-do="page-before" ?disabled=${!at} @click=${() => read({ page: at - 1 })}>${_("Previous page")}</button>
  <span class="number">${_("Page {n} of {all}", { n: at + 1, all: pages })}</span>
  <button type="button" class="button button--small" data-do="page-after" ?disabled=${at >= pages - 1} @click=${() => read({ page: at + 1 })}>${_("Next page")}</button>
</p>`;
