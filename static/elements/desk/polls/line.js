/**
 * The poll at hand in one line above the bar to drive with: how it stands, how many have voted, and
 * the one next step. It stays while other slides are on the stage, so an open poll is never
 * forgotten, and while the helper reads questions. Drawn by desk/page.js; what the steps do is Polling's.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../protocol.d.ts").PollDoc} Poll
 */

import { html, nothing } from "lit-html";
import * as icons from "../../../core/icons.js";
import { _, ngettext } from "../../../core/i18n.js";
import { waitingFor } from "../../../core/polling.js";
import { number as figure } from "../../../core/text.js";
import { vars } from "../../../core/vars.js";
import { awaited, finalStep, resultsLabel } from "./polls.js";
import { attendeesHere, ofThoseHere } from "./turnout.js";
import { pollState } from "../driving/rundown.js";
import { timeLeft } from "../../polls/result.js";

/** Whether there is a poll to be said anything of. @param {Desk} desk */
export function hasPollLine(desk) {
  const [, poll] = desk.polling.atHand() ?? [];
  return !!poll && (desk.live || poll.state === "open");
}

/** @param {Desk} desk */
export function pollLine(desk) {
  const [number, poll] = desk.polling.atHand() ?? [];
  if (number === undefined || !poll || !hasPollLine(desk)) return nothing;
  const final = finalStep(desk, number, poll);
  return html`<section class="poll-line" data-poll-line=${number} data-state=${poll.state} aria-label=${_("The poll now")}>
    <div class="poll-line__how">
      <p class="poll-line__state">
        ${pollState(poll)} ${poll.state === "draft" ? html`<span class="soft poll-line__unseen">${_("Nobody sees it until you open it.")}</span>` : voted(desk, number)} ${timeLeft(poll, desk.page.media())}
        ${others(desk, number)}
      </p>
      ${
        final
          ? final.why
          : poll.state === "draft"
          ? html`<p class="poll-line__title"><b>${poll.title}</b></p>`
          : turnoutBar(desk, number, poll)
      }
    </div>
    ${step(desk, number, poll, final)}
  </section>`;
}

/** As large as one reads it from two steps away; on a phone without the words. @param {Desk} desk @param {number} number */
function voted({ page }, number) {
  const votes = page.store.get(`tally/${number}`)?.votes ?? 0;
  const here = attendeesHere(page);
  const { whole, words } = ofThoseHere(votes, here);
  return html`<span class="poll-line__votes number"
    ><b>${figure(votes)}</b> <span class="poll-line__of">${words}</span
    >${whole ? html`<span class="poll-line__slash" aria-hidden="true">/ ${figure(here)}</span>` : nothing}</span
  >`;
}

/**
 * How far it is, and which poll it is where the stage shows something else; at the end, who is waited for.
 * @param {Desk} desk @param {number} number @param {Poll} poll
 */
function turnoutBar(desk, number, poll) {
  const { page, polling } = desk;
  if (waitingFor(page, poll)) return html`<p class="poll-line__title">${awaited(desk, poll)}</p>`;
  const votes = page.store.get(`tally/${number}`)?.votes ?? 0;
  const share = Math.min(1, votes / (attendeesHere(page) || 1));
  return html`${polling.onStage() === number ? nothing : html`<p class="poll-line__title">${poll.title}</p>`}
    <span class="bar__track" aria-hidden="true"><i class="bar__fill" ${vars({ share })}></i></span>`;
}

/** More than one is open: the way to them. @param {Desk} desk @param {number} number */
function others(desk, number) {
  const count = desk.polling.rows().open.filter(([id]) => Number(id) !== number).length;
  if (!count) return nothing;
  return html`<button type="button" class="link poll-line__others" @click=${() => desk.set({ tab: "polls", menu: false })}>
    ${ngettext("{n} other poll is open", "{n} other polls are open", count)}
  </button>`;
}

/** What comes next for it. @param {Desk} desk @param {number} number @param {Poll} poll @param {ReturnType<typeof finalStep>} final */
function step({ page, polling }, number, poll, final) {
  const button = (
    /** @type {string} */ act,
    /** @type {unknown} */ icon,
    /** @type {string} */ name,
    /** @type {string} */ key,
    /** @type {() => void} */ run,
    look = "button--signal", // not the green of "next", which is below it
  ) =>
    html`<button type="button" class="button poll-line__step ${look}" data-do=${act} @click=${run}>
      ${icon}<span>${name}</span><kbd>${key}</kbd>
    </button>`;
  switch (poll.state) {
    case "draft":
      return button("open", icons.play(), _("Open the poll"), "O", () => void polling.open(number));
    case "open":
      return button("close", icons.stop(), final?.name ?? _("Close the poll"), "C", () => polling.close(number), final?.look);
    case "closed": {
      const known = poll.shown || poll.promised;
      const look = final?.look ?? (known || waitingFor(page, poll) ? "" : "button--signal");
      return button("results", icons.poll(), final?.name ?? resultsLabel(poll), "R", () => polling.showResults(number, !known), look);
    }
  }
}
