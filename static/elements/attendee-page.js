/**
 * The attendee's page as a whole: the head with the state of the connection, the video
 * for those who watch one, then slide, polls and questions: one at a time above a bar of
 * tabs on a phone, the slide beside a column where there is room. Before the start and
 * after the end the holding page takes the slide's place. Drawn by attendee.js.
 *
 * @typedef {import("../core/page.js").Page} Page
 * @typedef {import("./attendee-self.js").Self} Self
 * @typedef {import("./attendee-self.js").Tab} Tab
 * @typedef {import("./video-pane.js").VideoPane} VideoPane
 */

import { html, nothing } from "lit-html";
import * as icons from "../core/icons.js";
import { _, ngettext } from "../core/i18n.js";
import { part } from "../core/part.js";
import { ask } from "./attendee-ask.js";
import { holding } from "./attendee-holding.js";
import { head } from "./attendee-head.js";
import { moodRow } from "./attendee-mood.js";
import { cards, openPolls, polls, pollsNow, scoresNow } from "./attendee-polls.js";
import { questions } from "./attendee-questions.js";
import { slides } from "./attendee-slides.js";
import { attendeeVideo } from "./attendee-video.js";
import { noticesAt, phaseAt } from "./in-step.js";
import { statusBanner } from "./status.js";
import { badge, tabBar } from "./tabs.js";

const WIDE = matchMedia("(min-width: 60rem)");

/** @param {() => void} redraw */
export const watchWidth = (redraw) => WIDE.addEventListener("change", redraw);

/** @param {Page} page @param {Self} self @param {VideoPane} pane */
export function attendeePage(page, self, pane) {
  self.refresh();
  if (!page.store.get("broadcast")) return html`<p class="empty">${_("One moment …")}</p>`;
  const tab = WIDE.matches && self.tab === "slide" ? wideTab(page) : self.tab;
  const stage = part(page, "stage", () => main(page, self));
  const beside = html`${part(page, tab, () => (tab === "questions" ? questions(page, self) : polls(page, self)))}
    ${tab === "questions" ? part(page, "ask", () => ask(page, self)) : nothing}`;
  const bar = (/** @type {Tab[]} */ shown) => part(page, tab, () => tabs(page, self, tab, shown));
  return html`
    ${part(page, "head", () => head(page, self))}
    <div class="attendee" data-tab=${tab} data-layout=${pane.shown ? pane.layout : "alone"}>
      ${part(page, "messages", () => messages(page))} ${part(page, "video", () => attendeeVideo(pane))}
      ${WIDE.matches || tab === "slide" ? stage : nothing}
      ${
        WIDE.matches
          ? html`<aside class="attendee__side">${bar(["poll", "questions"])}${beside}</aside>`
          : tab === "slide"
            ? nothing
            : html`<div class="attendee__side">${beside}</div>`
      }
    </div>
    ${WIDE.matches ? nothing : bar(["slide", "poll", "questions"])} ${part(page, "announcement", () => announcement(page))}
  `;
}

/** With room for both, what is beside the slide until somebody chooses. @param {Page} page */
const wideTab = (page) => (openPolls(page).length ? "poll" : "questions");

/** How it stands with the connection, and notices. @param {Page} page */
const messages = (page) =>
  html`<div class="attendee__messages">${statusBanner(page)} ${noticesAt(page).map(notice)}</div>`;

/** @param {Page} page @param {Self} self */
function main(page, self) {
  const broadcast = page.store.get("broadcast");
  if (!broadcast) return nothing;
  const phase = phaseAt(broadcast, page.media());
  return html`<div class="attendee__main">
    ${phase === "live" ? nothing : holding(page, { ...broadcast, phase })}
    ${phase === "planned" ? nothing : slides(page, self, broadcast, { bare: !WIDE.matches })}
    ${WIDE.matches ? nothing : html`${scoresNow(page)} ${cards(page, self, pollsNow(page))}`}
    ${moodRow(page, self.mood)}
  </div>`;
}

/** @param {import("../protocol.d.ts").NoticeDoc} doc */
const notice = ({ text }) =>
  html`<div class="notice notice--signal" role="status">
    ${icons.bell()}
    <p><span class="visually-hidden">${_("Notice:")} </span>${text}</p>
  </div>`;

/**
 * @param {Page} page @param {Self} self
 * @param {Tab} current
 * @param {Tab[]} shown
 */
function tabs(page, self, current, shown) {
  const waiting = openPolls(page).filter(([number, poll]) => self.vote(Number(number), poll.round).state === "none");
  const open = waiting.length;
  const faces = {
    slide: { icon: icons.slide, label: _("Slide") },
    poll: { icon: icons.poll, label: _("Poll"), badge: badge(open, ngettext("open poll", "open polls", open)) },
    questions: { icon: icons.question, label: _("Questions") },
  };
  return tabBar("attendee-tabs", shown, current, faces, (tab) => self.set({ tab, menu: false }));
}

/** Said aloud, politely, when a poll opens while one listens to the lecture. @param {Page} page */
function announcement(page) {
  const newest = openPolls(page)[0]?.[1];
  return html`<p class="visually-hidden" role="status" aria-live="polite">
    ${newest ? _("A poll is open: {title}", { title: newest.title }) : nothing}
  </p>`;
}
