/**
 * The desk as a whole. With room: the rundown, the stage with notes and what is next,
 * and a column of polls, questions and people; on a tablet that lies the rundown is part of that column.
 * On a phone one of these at a time. Before, blank and next are under the thumb all the while. Drawn by desk.js.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Desk} Desk
 * @typedef {import("./self.js").Tab} Tab
 */

import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { part } from "../../core/part.js";
import { driveBar } from "./driving/drive.js";
import { head } from "./head.js";
import { keysDialog, typedNumber } from "./keys.js";
import { notices } from "./notices.js";
import { people } from "./people.js";
import { hasPollLine, pollLine } from "./polls/line.js";
import { polls } from "./polls/polls.js";
import { attendeesHere } from "./polls/turnout.js";
import { questions } from "./questions/questions.js";
import { rundown } from "./driving/rundown.js";
import { now } from "./driving/stage.js";
import { video, videoBadge } from "./video/video.js";
import { statusBanner } from "../shared/status.js";
import { badge, tabBar } from "../shared/tabs.js";
import { toasts } from "../shared/toasts.js";

const WIDE = matchMedia("(min-width: 68.75rem)");
const TWO = matchMedia("(min-width: 60rem)"); // a tablet that lies: the stage, and one thing beside it

/** @param {() => void} redraw */
export function watchWidth(redraw) {
  for (const width of [WIDE, TWO]) width.addEventListener("change", redraw);
}

/** @param {Page} page @param {Desk} desk */
export function deskPage(page, desk) {
  if (desk.tab !== "video") desk.monitor.refresh(false);
  if (!desk.broadcast) return html`<p class="empty">${_("One moment …")}</p>`;
  return html`<div class="desk-frame ${hasPollLine(desk) ? "desk-frame--polling" : ""}">
      ${part(page, "head", () => head(desk))}
      <div class="desk__messages">${part(page, "messages", () => html`${statusBanner(page)} ${notices(desk)}`)}</div>
      ${TWO.matches ? wide(desk) : narrow(desk)}
    </div>
    ${typedNumber(desk)} ${keysDialog(desk)} ${part(page, "announcement", () => announcement(desk))} ${toasts(desk.toasts)}`;
}

/** The stage in the middle, and what is looked at beside it; with room, the rundown too. @param {Desk} desk */
function wide(desk) {
  const { page } = desk;
  /** @type {Tab[]} */
  const beside = WIDE.matches ? [] : ["rundown"];
  const tab = desk.tab === "stage" || (desk.tab === "rundown" && WIDE.matches) ? "questions" : desk.tab;
  return html`<div class="desk">
    ${WIDE.matches ? html`<div class="desk__rundown">${part(page, "rundown", () => rundown(desk))}</div>` : nothing}
    <div class="desk__now">
      <div class="desk__stage">${part(page, "now", () => now(desk, { alone: false }))}</div>
      ${foot(desk)}
    </div>
    <aside class="desk__side" aria-label=${_("Questions, polls and people")}>
      ${part(page, tab, () => tabs(desk, tab, [...beside, "questions", "polls", "people", ...withVideo(desk)]))}
      ${keyed(tab, html`<div class="desk__panel" data-scrolls>${part(page, tab, () => panel(desk, tab))}</div>`)}
    </aside>
  </div>`;
}

/** @param {Desk} desk */
function narrow(desk) {
  const { page, tab } = desk;
  return html`${part(page, tab, () => tabs(desk, tab, ["stage", "rundown", "questions", "polls", "people", ...withVideo(desk)]))}
    <div class="desk desk--narrow">
      <div class="desk__panel" data-tab=${tab}>${part(page, tab, () => panel(desk, tab))}</div>
    </div>
    ${foot(desk)}`;
}

/** What never moves from under a finger; after the end there is nothing to be done in haste. @param {Desk} desk */
function foot(desk) {
  if (desk.broadcast?.phase === "ended" && !hasPollLine(desk)) return nothing;
  return html`<div class="desk__foot">${part(desk.page, "foot", () => html`${pollLine(desk)} ${driveBar(desk)}`)}</div>`;
}

/** A tab for the video, where one is set up. @param {Desk} desk @returns {Tab[]} */
const withVideo = ({ page }) => ((page.store.get("video")?.kind ?? "none") === "none" ? [] : ["video"]);

/** @param {Desk} desk @param {Tab} tab */
function panel(desk, tab) {
  switch (tab) {
    case "stage":
      return now(desk, { alone: true });
    case "rundown":
      return rundown(desk);
    case "questions":
      return questions(desk);
    case "polls":
      return polls(desk);
    case "people":
      return people(desk);
    case "video":
      return video(desk);
  }
}

/** @param {Desk} desk @param {Tab} current @param {Tab[]} shown */
function tabs(desk, current, shown) {
  const waiting = desk.queue.pending();
  const open = desk.polling.rows().open.length;
  const here = attendeesHere(desk.page);
  const faces = {
    stage: { icon: icons.slide, label: _("Stage"), badge: nothing },
    rundown: { icon: icons.menu, label: _("Rundown"), badge: nothing },
    questions: {
      icon: icons.question,
      label: _("Questions"),
      badge: badge(waiting, ngettext("question is waiting", "questions are waiting", waiting)),
    },
    polls: { icon: icons.poll, label: _("Polls"), badge: badge(open, ngettext("open poll", "open polls", open)) },
    people: {
      icon: icons.people,
      label: _("Here"),
      badge: badge(here, ngettext("attendee is here", "attendees are here", here), "badge--quiet"),
    },
    video: { icon: icons.video, label: _("Video"), badge: videoBadge(desk) },
  };
  return tabBar("desk-tabs", shown, current, faces, (tab) => desk.set({ tab, menu: false }));
}

/** Said aloud, politely, when the number of those who wait changes; votes are not. @param {Desk} desk */
function announcement(desk) {
  const waiting = desk.queue.pending();
  return html`<p class="visually-hidden" role="status" aria-live="polite">
    ${waiting ? ngettext("{n} question is waiting", "{n} questions are waiting", waiting) : nothing}
  </p>`;
}
