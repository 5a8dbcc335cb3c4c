/**
 * Questions in a replay: those that had been asked by the moment it shows, the latest first, each with the
 * way to its moment. The one on screen then is marked. What was withdrawn or dismissed is not among the docs.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("../../core/replay/marks.js").Mark} Mark
 */

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { duration } from "../../core/text.js";
import { reply } from "../attendee/mine.js";

/** @param {Replay} replay */
export function replayQuestions(replay) {
  const marks = replay.marks.filter(({ kind }) => kind === "question");
  const there = marks.filter(({ s }) => s <= replay.seconds + 0.001).reverse();
  const over = replay.cue()?.overlay;
  const shown = over?.kind === "question" ? over.question : "";
  const left = marks.length - there.length;
  if (!marks.length) return empty(_("No questions were asked."));
  return html`<div class="questions stack">
    ${there.length ? nothing : empty(_("No question up to here."))}
    <ul class="questions__list" role="list">
      ${repeat(
        there,
        ({ id }) => id,
        (mark) => guard([mark, mark.id === shown], () => row(replay, mark, mark.id === shown)),
      )}
    </ul>
    ${left ? html`<p class="soft">${ngettext("{n} more was asked later.", "{n} more were asked later.", left)}</p>` : nothing}
  </div>`;
}

/** @param {string} words */
const empty = (words) =>
  html`<div class="empty">
    ${icons.question()}
    <p>${words}</p>
  </div>`;

/** @param {Replay} replay @param {Mark} mark @param {boolean} shown */
function row(replay, mark, shown) {
  const question = replay.store.get(`question/${mark.id}`);
  if (!question) return nothing;
  const by = question.by ? [question.by, question.unit].filter(Boolean).join(" · ") : _("Anonymous");
  const slide = question.slide ? replay.store.get(`slide/${question.slide}`) : undefined;
  return html`<li class="question ${shown ? "question--now" : ""}" data-question=${mark.id}>
    <button
      type="button"
      class="button button--quiet button--small number"
      aria-label=${_("To its moment, {time}", { time: duration(Math.floor(mark.s) * 1000) })}
      @click=${() => replay.seek(mark.s)}
    >
      ${duration(Math.floor(mark.s) * 1000)}
    </button>
    <div class="question__body">
      ${shown ? html`<p><span class="pill pill--now">${_("On screen")}</span></p>` : nothing}
      <p class="question__text">${question.text}</p>
      ${reply(question)}
      <p class="question__by">
        ${by}${slide ? html` · ${_("Slide {n}", { n: slide.number })}` : nothing}
        ${question.votes ? html` · ${ngettext("{n} vote", "{n} votes", question.votes)}` : nothing}
      </p>
    </div>
  </li>`;
}
