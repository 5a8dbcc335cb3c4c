/**
 * The attendee's page as a whole: the head with the state of the connection, the video
 * for those who watch one, then slide, polls and questions: one at a time above a bar of
 * tabs on a phone, the slide beside a column where there is room. Before the start and
 * after the end the holding page takes the slide's place. Drawn by attendee.js.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 * @typedef {import("./self.js").Tab} Tab
 * @typedef {import("./parts.js").Parts} Parts
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { part } from "../../core/part.js";
import { openPolls } from "../../core/polling.js";
import { holding } from "./holding.js";
import { head } from "./head.js";
import { slides } from "./slides.js";
import { noticesAt, phaseAt } from "../stage/in-step.js";
import { statusBanner } from "../shared/status.js";
import { badge, tabBar } from "../shared/tabs.js";

const WIDE = matchMedia("(min-width: 60rem)");

/** @param {() => void} redraw */
export const watchWidth = (redraw) => WIDE.addEventListener("change", redraw);

/** @param {Page} page @param {Self} self @param {Parts} parts */
export function attendeePage(page, self, parts) {
  self.refresh();
  if (!page.store.get("broadcast")) return html`<p class="empty">${_("One moment …")}</p>`;
  const tab = WIDE.matches && self.tab === "slide" ? wideTab(page) : self.tab;
  parts.refresh(WIDE.matches || tab !== "slide");
  const { pane, beside } = parts;
  const stage = part(page, "stage", () => main(page, self, parts));
  const bar = (/** @type {Tab[]} */ shown) => part(page, tab, () => tabs(page, self, tab, shown));
  return html`
    ${part(page, "head", () => head(page, self))}
    <div class="attendee" data-tab=${tab} data-layout=${pane?.shown ? pane.layout : "alone"}>
      ${part(page, "messages", () => messages(page))} ${part(page, "video", () => (pane ? beside?.attendeeVideo(pane) : nothing))}
      ${WIDE.matches || tab === "slide" ? stage : nothing}
      ${
        WIDE.matches
          ? html`<aside class="attendee__side">${bar(["poll", "questions"])}${side(page, self, beside, tab)}</aside>`
          : tab === "slide"
            ? nothing
            : html`<div class="attendee__side">${side(page, self, beside, tab)}</div>`
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

/** @param {Page} page @param {Self} self @param {Parts["beside"]} beside @param {Tab} tab */
function side(page, self, beside, tab) {
  if (!beside) return html`<p class="empty">${_("One moment …")}</p>`;
  if (tab !== "questions") return part(page, tab, () => beside.polls(page, self));
  return html`${part(page, tab, () => beside.questions(page, self))} ${part(page, "ask", () => beside.ask(page, self))}`;
}

/** @param {Page} page @param {Self} self @param {Parts} parts */
function main(page, self, { beside, pane }) {
  const broadcast = page.store.get("broadcast");
  if (!broadcast) return nothing;
  const phase = phaseAt(broadcast, page.media());
  const asked = WIDE.matches || !beside ? nothing : html`${beside.scoresNow(page)} ${beside.cards(page, self, beside.pollsNow(page))}`;
  const first = !!pane?.shown && openPolls(page).length > 0; // below video and slide nobody would find it in time
  return html`<div class="attendee__main">
    ${phase === "live" ? nothing : holding(page, { ...broadcast, phase })}
    ${first ? asked : nothing} ${phase === "planned" ? nothing : slides(page, self, broadcast, { bare: !WIDE.matches, boards: beside?.boards })}
    ${first ? nothing : asked} ${beside?.moodRow(page, self.mood)}
  </div>`;
}

/** @param {import("../../protocol.d.ts").NoticeDoc} doc */
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
