/**
 * The page of a replay as a whole: the slide, with the video if there is one, above the controls and the
 * timeline; beside them, or below on a phone, what there was: slides to jump to and to search, polls to try,
 * questions. Drawn by replay.js. What it shows it also says in data attributes, to be measured by.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("./watching.js").Watching} Watching
 * @typedef {import("./watching.js").List} List
 */

import { html, nothing } from "lit-html";
import { inSight } from "../../core/gestures.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { dayAndTime } from "../../core/text.js";
import { LANGUAGES } from "../shared/language.js";
import { clockTool } from "./clock.js";
import { controls } from "./controls.js";
import { lackingPolls, replayPolls } from "./polls.js";
import { replayQuestions } from "./questions.js";
import { slideList } from "./slides.js";
import { storeThen } from "./then.js";
import { stage } from "../stage/stage.js";
import * as boards from "../stage/boards.js";
import { video } from "./video.js";

/** @param {Replay} replay @param {Watching} watching */
export function replayPage(replay, watching) {
  const broadcast = replay.store.get("broadcast");
  if (!broadcast || !replay.recording.spans.length) return nothingYet();
  return html`
    ${head(replay, broadcast.title)}
    <div class="replay" data-list=${watching.list}>
      <div class="replay__main">
        ${screens(replay, watching)} ${controls(replay, watching)}
        ${replay.recording.may_set ? clockTool(replay, watching.clock) : nothing}
      </div>
      <aside class="replay__side">
        ${lists(replay, watching)}
        <div class="replay__list" id="replay-list" role="tabpanel" ${inSight(`${watching.list} ${replay.cue()?.slide}`)}>
          ${replay.recording.recorded ? promise(replay) : nothing} ${list(replay, watching)}
        </div>
      </aside>
    </div>
  `;
}

const nothingYet = () =>
  html`<div class="empty">
    ${icons.clock()}
    <p>${_("This broadcast has not been live yet, so there is nothing to watch again.")}</p>
  </div>`;

/** @param {Replay} replay @param {string} title */
function head({ recording, slug }, title) {
  const since = recording.spans[0]?.since ?? 0;
  return html`<header class="head">
    <a class="button button--quiet button--icon" href="/b/${slug}/" aria-label=${_("Back to the broadcast")}>${icons.left()}</a>
    <h1 class="head__title">${title} <span class="soft replay__date">${dayAndTime(since)}</span></h1>
    <span class="pill">${recording.published ? _("Replay") : _("Replay, not open yet")}</span>
    <form class="cluster" method="post" action="/language" aria-label=${_("Language")}>
      ${Object.entries(LANGUAGES)
        .filter(([code]) => code !== document.documentElement.lang)
        .map(
          ([code, name]) =>
            html`<button class="button button--quiet button--small" name="lang" value=${code} lang=${code}>${name}</button>`,
        )}
    </form>
  </header>`;
}

/** The slide and the video, one of them large. @param {Replay} replay @param {Watching} watching */
function screens(replay, watching) {
  const now = replay.now();
  const cue = replay.cue();
  const filmed = replay.recording.kind !== "none";
  const tried = (/** @type {number} */ poll) => replay.tries.of(poll, replay.store.get(`poll/${poll}`)?.round ?? 0) ?? [];
  return html`<div
    class="replay__screens"
    data-layout=${filmed ? watching.layout : "slide"}
    data-slide=${cue?.slide ?? ""}
    data-number=${(cue?.slide && replay.store.get(`slide/${cue.slide}`)?.number) || ""}
    data-wall=${Math.round(now)}
  >
    <div class="replay__slide" @click=${() => replay.toggle()}>
      ${cue ? stage(storeThen(replay), cue, now, { boards, hint: true, mine: tried }) : poster(replay)}
    </div>
    ${filmed ? video(replay, watching) : nothing}
  </div>`;
}

/** Before the first slide: what this is. @param {Replay} replay */
function poster({ store, playing }) {
  const broadcast = store.get("broadcast");
  return html`<div class="stage replay__poster">
    <div>
      <p class="stage__words">${broadcast?.title}</p>
      <p class="stage__by">${broadcast?.lecturer}</p>
      ${playing ? nothing : html`<span class="replay__begin">${icons.play()}</span>`}
    </div>
  </div>`;
}

/** @param {Replay} replay @param {Watching} watching */
function lists(replay, watching) {
  const lacking = lackingPolls(replay);
  /** @type {[List, unknown, string, number][]} */
  const tabs = [
    ["slides", icons.slide(), _("Slides"), 0],
    ["polls", icons.poll(), _("Polls"), lacking],
    ["questions", icons.question(), _("Questions"), 0],
  ];
  return html`<div class="tabs replay__tabs" role="tablist" aria-label=${_("What there was")}>
    ${tabs.map(
      ([name, icon, words, badge]) =>
        html`<button
          type="button"
          role="tab"
          aria-controls="replay-list"
          aria-selected=${name === watching.list ? "true" : "false"}
          data-tab=${name}
          @click=${() => watching.set({ list: name })}
        >
          ${icon}<span>${words}</span>${
            badge
              ? html`<span class="badge"
                  >${badge}<span class="visually-hidden">${ngettext("to try", "to try", badge)}</span></span
                >`
              : nothing
          }
        </button>`,
    )}
  </div>`;
}

/** What is kept of the viewer, and how much that is by now: cut off, not rounded. @param {Replay} replay */
const promise = ({ recording, played }) => {
  const whole = recording.spans.reduce((sum, { since, until }) => sum + (until ?? since) - since, 0);
  const share = whole ? Math.min(100, Math.floor((100 * played) / whole)) : 0;
  return html`<div class="promise replay__promise">
    <p>
      ${_("Kept as make-up, with your name: what you play while this page is in front, and which polls you try. Not your answers.")}
    </p>
    <p class="replay__share">
      <progress class="progress" max="100" value=${share} aria-label=${_("Played")}></progress>
      <span>${_("{share} % of the live time is on record by now", { share })}</span>
    </p>
  </div>`;
};

/** @param {Replay} replay @param {Watching} watching */
function list(replay, watching) {
  if (watching.list === "polls") return replayPolls(replay, watching);
  if (watching.list === "questions") return replayQuestions(replay);
  return slideList(replay, watching);
}
