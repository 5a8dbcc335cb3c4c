/**
 * The middle of the desk: the stage as everybody sees it, what one can do with what
 * lies on it, the notes, and what comes next. Drawn by desk/page.js.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("./item.js").Item} Item
 */

import { html, nothing } from "lit-html";
import { kindOf, optionsOf } from "../../../ballots/index.js";
import * as icons from "../../../core/icons.js";
import { _, ngettext } from "../../../core/i18n.js";
import { pollOf, seenBy } from "../../../core/polling.js";
import { dayAndTime } from "../../../core/text.js";
import { after } from "../after.js";
import { answersStaged, withPageStaged } from "../polls/answers.js";
import { driveLine } from "./drive.js";
import { itemIcon, itemKind, itemName } from "./item.js";
import { notes } from "./notes.js";
import { resultSoFar } from "../polls/so-far.js";
import { EXTENSION, extendLabel, mayShow, resultsLabel } from "../polls/polls.js";
import { emptyRundown } from "./rundown.js";
import { stageBy } from "../polls/split.js";
import { slidePicture } from "../../stage/slide.js";
import { stage } from "../../stage/stage.js";
import * as boards from "../../stage/boards.js";

/** @param {Desk} desk @param {{alone: boolean}} how   alone: no rundown beside it that would say what is missing */
export function now(desk, { alone }) {
  const { page } = desk;
  if (desk.broadcast?.phase === "ended") return after(desk);
  const sofar = resultSoFar(desk);
  return html`<section class="now" aria-label=${_("On stage")}>
    ${desk.live || desk.driving.driver ? driveLine(desk) : nothing} ${ahead(desk)}
    ${page.cue() ? html`<div class="now__stage">${seen(desk)}</div>` : empty()}
    ${actions(desk)}
    <div class="now__below">${sofar} ${notes(desk, { crowded: sofar !== nothing })} ${next(desk, alone)}</div>
  </section>`;
}

/** The stage as the hall sees it: no draft, no count that is not shown. @param {Desk} desk */
function seen({ page, polling }) {
  const cue = page.cue();
  const number = polling.onStage();
  const draft = number !== null && !pollOf(page, number);
  const shown = draft ? { ...cue, at: 0, overlay: null } : cue;
  const known = seenBy(page);
  return stage(page.store, shown, page.media(), { boards, hint: true, seen: (poll) => withPageStaged(page, poll, known(poll)) });
}

const empty = () =>
  html`<div class="now__nothing">
    ${icons.screen()}
    <p>${_("Nothing is on the stage yet.")}</p>
  </div>`;

/** Before the start: what to do. @param {Desk} desk */
function ahead(desk) {
  const { broadcast } = desk;
  if (broadcast?.phase !== "planned") return nothing;
  const words = broadcast.planned_at
    ? _("Planned for {time}. People see the holding page until you start.", { time: dayAndTime(broadcast.planned_at) })
    : _("People see the holding page until you start.");
  return html`<div class="notice now__phase"><p>${words} ${screens(desk)}</p></div>`;
}

/** Whether the hall would see it. @param {Desk} desk */
function screens({ page }) {
  const count = page.store.get("presence")?.screens;
  return count ? ngettext("{n} screen is connected.", "{n} screens are connected.", count) : _("No screen is connected yet.");
}

// What lies on the stage ------------------------------------------------------------

/** @param {Desk} desk */
function actions(desk) {
  const over = desk.page.cue()?.overlay;
  if (!over || !desk.live) return nothing;
  return html`<div class="now__actions cluster" role="group" aria-label=${_("What lies on the stage")}>
    ${over.kind === "poll" ? pollActions(desk, over.poll) : nothing}
    ${over.kind === "question" ? questionActions(desk, over.question) : nothing}
    ${
      over.kind === "blank"
        ? html`<button type="button" class="button button--signal" @click=${() => desk.driving.turnBlank()}>
            ${_("Show the stage again")}<kbd>B</kbd>
          </button>`
        : html`<button
            type="button"
            class="button"
            data-do="clear"
            @click=${() => void desk.give({ do: "clear_overlay" }, { slot: "clear_overlay" })}
          >
            ${icons.slide()}<span>${_("Back to the slide")}</span>
          </button>`
    }
  </div>`;
}

/**
 * What else can be done with a poll on stage: its next step stands in the line below (desk/polls/line.js).
 * @param {Desk} desk @param {number} number
 */
function pollActions(desk, number) {
  const { page, polling } = desk;
  const poll = page.store.get(`poll/${number}`);
  if (!poll || poll.state === "draft") return nothing;
  const views = html`${stageBy(desk, number, poll)} ${answersStaged(desk, number, poll)}`;
  if (poll.state === "closed") return views;
  return html`<button type="button" class="button" data-do="extend" @click=${() => polling.extend(number, EXTENSION)}>
      ${icons.clock()}<span>${extendLabel(poll)}</span>
    </button>
    ${
      mayShow(poll)
        ? html`<button
            type="button"
            class="button"
            data-do="results"
            @click=${() => polling.showResults(number, !(poll.shown || poll.promised))}
          >
            ${icons.poll()}<span>${resultsLabel(poll)}</span><kbd>R</kbd>
          </button>`
        : nothing
    }
    ${views}`;
}

/** @param {Desk} desk @param {string} question */
function questionActions({ queue }, question) {
  return html`<button
    type="button"
    class="button button--primary"
    data-do="answered"
    @click=${() => void queue.act("answer", question)}
  >
    ${icons.check()}<span>${_("Answered")}</span>
  </button>`;
}

// What comes next --------------------------------------------------------------------

/** @param {Desk} desk @param {boolean} alone */
function next(desk, alone) {
  const { page, driving } = desk;
  if (!page.store.get("rundown")?.items.length) return alone ? emptyRundown(desk) : nothing;
  const item = driving.away(1);
  return html`<section class="now__next" aria-label=${_("Next")}>
    <h2 class="eyebrow">${item ? html`${_("Next")} · ${itemKind(item)}` : _("Next")}</h2>
    ${item ? preview(desk, item) : html`<p class="soft">${_("This is the end of the rundown.")}</p>`}
  </section>`;
}

/** @param {Desk} desk @param {Item} item */
function preview({ page }, item) {
  const { store } = page;
  if (item.kind === "slide") {
    return html`<div class="now__preview">${slidePicture(store.get(`slide/${item.slide}`))}</div>`;
  }
  const ballot = item.kind === "poll" ? store.get(`poll/${item.poll}`)?.ballot : undefined;
  return html`<div class="now__card">
    ${itemIcon(item)}
    <div>
      <p>${itemName(store, item)}</p>
      ${ballot ? html`<p class="soft">${kindOf(ballot).name()}${optionsOf(ballot).length ? html`: ${optionsOf(ballot).join(" / ")}` : nothing}</p>` : nothing}
    </div>
  </div>`;
}
