/**
 * The slides of a replay in the order in which they came, each with its picture and its moment: a tap jumps
 * there. Above them the search, over the slides' text and the words of polls and questions.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("../../core/replay/marks.js").Mark} Mark
 * @typedef {import("./watching.js").Watching} Watching
 */

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { lastOf } from "../../core/timeline.js";
import { excerpt, has, terms } from "../../core/search.js";
import { duration } from "../../core/text.js";
import { slideThumb } from "../stage/slide.js";

/** @param {Replay} replay @param {Watching} watching */
export function slideList(replay, watching) {
  const words = terms(watching.query);
  const found = words.length
    ? replay.marks.filter((mark) => has(mark.words, words))
    : replay.marks.filter(({ kind }) => kind === "slide");
  const now = lastOf(replay.marks, ({ kind, s }) => kind === "slide" && s <= replay.seconds + 0.001);
  return html`<div class="replay-slides stack">
    <label class="search">
      ${icons.search()}<span class="visually-hidden">${_("Search slides, polls and questions")}</span>
      <input
        class="input"
        type="search"
        name="search"
        autocomplete="off"
        placeholder=${_("Search slides, polls and questions")}
        .value=${watching.query}
        @input=${(/** @type {Event} */ event) => watching.set({ query: /** @type {HTMLInputElement} */ (event.target).value })}
        @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && found[0] && replay.seek(found[0].s)}
      />
    </label>
    ${
      words.length
        ? html`<p class="soft" role="status">${found.length ? ngettext("{n} place", "{n} places", found.length) : _("Nothing was found.")}</p>`
        : nothing
    }
    <ol class="chapters" role="list">
      ${repeat(
        found,
        (mark) => `${mark.kind} ${mark.id} ${mark.wall}`,
        (mark) => guard([mark, mark === now, watching.query], () => chapter(replay, mark, words, mark === now)),
      )}
    </ol>
  </div>`;
}

/** @param {Replay} replay @param {Mark} mark @param {string[]} words @param {boolean} now */
function chapter(replay, mark, words, now) {
  const doc = mark.kind === "slide" ? replay.store.get(`slide/${mark.id}`) : undefined;
  return html`<li>
    <button
      type="button"
      class="chapter ${now ? "chapter--now" : ""}"
      aria-current=${now ? "true" : "false"}
      data-place=${mark.s.toFixed(2)}
      @click=${() => replay.seek(mark.s)}
    >
      <span class="chapter__picture">${doc ? slideThumb(doc) : mark.kind === "poll" ? icons.poll() : icons.question()}</span>
      <span class="chapter__words">
        <span class="chapter__head"
          ><b class="number">${duration(Math.floor(mark.s) * 1000)}</b>
          <span class="soft">${kindWords(mark)}</span></span
        >
        <span class="chapter__text">${words.length ? pieces(mark.words, words) : mark.title}</span>
      </span>
    </button>
  </li>`;
}

/** @param {Mark} mark */
function kindWords({ kind, number }) {
  if (kind === "slide") return _("Slide {n}", { n: number });
  return kind === "poll" ? _("Poll") : _("Question");
}

/** What was found in the text, and what is around it. @param {string} text @param {string[]} words */
const pieces = (text, words) => excerpt(text, words).map((piece, at) => (at % 2 ? html`<mark>${piece}</mark>` : piece));
