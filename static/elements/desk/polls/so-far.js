/**
 * How the poll on stage stands, for the eyes of the desk: who decides whether a result is shown has seen it
 * before. Below the stage, which shows what the hall sees; gone as soon as everybody sees it. Drawn by
 * desk/driving/stage.js.
 *
 * @typedef {import("../self.js").Desk} Desk
 */

import { html, nothing } from "lit-html";
import { kindOf } from "../../../ballots/index.js";
import { _ } from "../../../core/i18n.js";
import { slidesOf } from "../../../core/store.js";
import { pollResult } from "../../polls/result.js";

/** @param {Desk} desk */
export function resultSoFar({ page, polling, tab }) {
  const number = polling.onStage();
  const poll = number === null ? undefined : page.store.get(`poll/${number}`);
  const tally = page.store.get(`tally/${number}`);
  if (!poll || poll.state === "draft" || poll.shown || !tally?.counts || !tally.votes) return nothing;
  // Texts are read and judged on the poll's card, and where that is looked at it has the result already.
  if (kindOf(poll.ballot).paged || tab === "polls") return nothing;
  return html`<section class="now__sofar" aria-label=${_("The result so far")}>
    <h2 class="eyebrow">${_("Only the desk sees this yet")}</h2>
    ${pollResult(poll, tally, { slides: slidesOf(page.store) })}
  </section>`;
}
