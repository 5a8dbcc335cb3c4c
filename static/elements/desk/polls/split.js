/**
 * A poll's result by group, at the desk: a switch for the desk's own eyes in the poll's card, one for the hall
 * where the poll lies on the stage, and a sentence on a secret round. Drawn by polls.js and
 * desk/driving/stage.js.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../protocol.d.ts").PollDoc} Poll
 * @typedef {import("../../../core/polling.js").By} By
 */

import { html, nothing } from "lit-html";
import { kindOf } from "../../../ballots/index.js";
import { _ } from "../../../core/i18n.js";
import { groupsBy } from "../../../core/polling.js";
import { byName } from "../../polls/split.js";

const ORDER = /** @type {By[]} */ (["kind", "site", "unit"]);

/** What the desk looks at. @param {Desk} desk @param {number} number */
export const splitHere = ({ page, polling }, number) =>
  groupsBy(page.store.get(`split/${number}`), polling.by.get(number));

/** By what the hall sees the poll that lies on the stage. @param {Desk} desk @returns {By | null} */
export function stagedBy({ page }) {
  const over = page.cue()?.overlay;
  return over?.kind === "poll" ? (over.by ?? null) : null;
}

/** In the poll's card. @param {Desk} desk @param {number} number @param {Poll} poll */
export function lookBy(desk, number, poll) {
  const { page, polling } = desk;
  const doc = page.store.get(`split/${number}`);
  const former = (page.store.get(`tally/${number}`)?.former ?? []).map(({ round }) => page.store.get(`split/${number}/${round}`));
  const ways = new Set([doc, ...former].flatMap((each) => each?.splits ?? []).map(({ by }) => by));
  if (!ways.size) return note(poll, doc?.lost ?? false);
  const now = polling.by.get(number) ?? null;
  return segments(_("The result here"), [null, ...ORDER.filter((by) => ways.has(by))], now, (by) => desk.polling.look(number, by));
}

/** Where it lies on the stage, once everyone may see the result. @param {Desk} desk @param {number} number @param {Poll} poll */
export function stageBy(desk, number, poll) {
  const splits = desk.page.store.get(`split/${number}`)?.splits ?? [];
  if (!poll.shown || !splits.length) return nothing;
  const views = [null, ...splits.map(({ by }) => by)];
  return segments(_("The result on stage"), views, stagedBy(desk), (by) => desk.polling.stage(number, by));
}

/** @param {string} name @param {(By | null)[]} views @param {By | null} now @param {(by: By | null) => void} choose */
const segments = (name, views, now, choose) =>
  html`<div class="segments" role="group" aria-label=${name} data-split>
    ${views.map(
      (by) => html`<button
        type="button"
        class="segments__one"
        data-by=${by ?? "all"}
        aria-pressed=${by === now ? "true" : "false"}
        @click=${() => choose(by)}
      >
        ${by ? byName(by) : _("All")}
      </button>`,
    )}
  </div>`;

/** What becomes of a secret round, and why it has no groups. @param {Poll} poll @param {boolean} lost */
function note({ secret, final, split, ballot }, lost) {
  if (!secret) return nothing;
  if (final && !split) return html`<p class="soft">${_("The result is known, so the round cannot be reopened.")}</p>`;
  if (lost) return html`<p class="soft">${_("The server was interrupted during this round, so there is no result by group.")}</p>`;
  if (!split && kindOf(ballot).quoted) return html`<p class="soft">${_("Once the result is shown the round cannot be reopened.")}</p>`;
  if (!split) {
    return html`<p class="soft">
      ${_("Nobody sees the count, the desk neither, until the result is shown.")}
      ${_("After that the round cannot be reopened.")}
    </p>`;
  }
  return html`<p class="soft">
    ${{
      kind: _("It is counted by room and remote when it is closed and shown."),
      site: _("It is counted by site when it is closed and shown."),
      unit: _("It is counted by unit when it is closed and shown."),
    }[split]}
    ${_("After that the round cannot be reopened.")}
  </p>`;
}
