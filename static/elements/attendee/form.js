/**
 * A form on the attendee page: polls that are opened together are answered together, on
 * one card with one button. Each answer is a vote of its own and is confirmed by itself;
 * what has not arrived yet stays on the card. Part of the polls of the attendee page.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { isReady, kindOf, lacks } from "../../ballots/index.js";
import { _, ngettext } from "../../core/i18n.js";
import { takesVotes } from "../../core/polling.js";
import { sentence } from "../../core/rejections.js";
import { slidesOf } from "../../core/store.js";
import { timeLeft } from "../polls/result.js";
import { worth } from "../polls/quiz.js";

/**
 * The polls that are still to be answered in a form of several, by its name.
 * @param {Page} page @param {Self} self
 * @param {[string, PollDoc][]} open
 * @returns {Map<string, [string, PollDoc][]>}
 */
export function formsOf(page, self, open) {
  /** @type {Map<string, [string, PollDoc][]>} */
  const forms = new Map();
  for (const row of open) {
    const [number, poll] = row;
    const waits = self.vote(Number(number), poll.round).state === "none" && takesVotes(page, number, poll);
    if (poll.form && waits) forms.set(poll.form, [...(forms.get(poll.form) ?? []), row]);
  }
  for (const [name, parts] of forms) {
    if (parts.length === 1) forms.delete(name); // the last one is a poll like any other
    else parts.sort(([a], [b]) => Number(a) - Number(b));
  }
  return forms;
}

/**
 * @param {Page} page @param {Self} self
 * @param {string} name @param {[string, PollDoc][]} parts
 */
export function formCard(page, self, name, parts) {
  const answered = () => parts.filter(([number, poll]) => isReady(poll.ballot, chosen(self, number, poll)));
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    for (const [number, poll] of answered()) self.castVote(Number(number), poll.round, chosen(self, number, poll));
  };
  const ready = answered().length;
  const left = parts.length - ready;
  const [first] = parts;
  const alike = parts.every(([, { secret, split }]) => secret === first?.[1].secret && split === first?.[1].split);
  return html`<article class="card card--now poll" data-form=${name} aria-label=${name}>
    <p class="eyebrow">${_("Form, open now")} ${soonest(page, parts)}</p>
    <h2 class="poll__title">${name}</h2>
    <form class="stack" @submit=${send}>
      ${repeat(parts, ([number]) => number, (part) => question(page, self, part, !alike))}
      <button class="button button--primary button--wide" ?disabled=${!ready}>
        ${left && ready ? ngettext("Send {n} answer", "Send {n} answers", ready) : _("Send")}
      </button>
      <p class="promise">
        ${left ? ngettext("{n} question is not answered yet.", "{n} questions are not answered yet.", left) : nothing}
        ${alike ? promise(parts[0]?.[1]) : nothing}
      </p>
    </form>
  </article>`;
}

/** How long there is still time for all of it. @param {Page} page @param {[string, PollDoc][]} parts */
function soonest(page, parts) {
  const limited = parts.map(([, poll]) => poll).filter(({ closes_at }) => closes_at != null);
  const [first] = limited.sort((a, b) => (a.closes_at ?? 0) - (b.closes_at ?? 0));
  return first ? timeLeft(first, page.media()) : nothing;
}

/** What is still to do, said where it is done. @param {PollDoc["ballot"]} ballot @param {import("../../ballots/options.js").Choice} choice */
export function lacking(ballot, choice) {
  const says = lacks(ballot, choice);
  return says ? html`<p class="soft poll__lacks" role="status">${says}</p>` : nothing;
}

/** What becomes of a vote. @param {PollDoc} [poll] */
export const promise = (poll) =>
  poll?.secret
    ? html`${_("Secret: nobody can look up later what you voted, not even the organiser. So it cannot be changed.")} ${counted(poll)}`
    : poll && kindOf(poll.ballot).quoted
      ? _("Your answer is stored with your name; on the screen it stands without it.")
      : _("Your vote is stored with your name; the screen shows totals only, of all or of a site or unit.");

/** @param {PollDoc} poll */
function counted({ split }) {
  if (!split) return nothing;
  return {
    kind: _("Counted by room and remote; groups under 5 are put together."),
    site: _("Counted by site; groups under 5 are put together."),
    unit: _("Counted by unit; groups under 5 are put together."),
  }[split];
}

/** @param {Page} page @param {Self} self @param {[string, PollDoc]} part @param {boolean} promised   each says what becomes of it */
function question(page, self, [number, poll], promised) {
  const refusal = self.refusals.get(`vote/${number}`);
  return html`<fieldset class="field poll__choices" data-poll=${number}>
    <legend class="form__asked">${poll.title} <span class="soft">${kindOf(poll.ballot).hint(poll.ballot)} ${worth(poll)}</span></legend>
    ${kindOf(poll.ballot).vote(poll.ballot, {
      name: `form-${number}`,
      choice: chosen(self, number, poll),
      disabled: false,
      slides: slidesOf(page.store),
      onChoose: (choice) => self.choose(Number(number), poll.round, choice),
    })}
    ${lacking(poll.ballot, chosen(self, number, poll))}
    ${promised ? html`<p class="promise">${promise(poll)}</p>` : nothing}
    ${refusal ? html`<p class="error" role="alert">${sentence(refusal)}</p>` : nothing}
  </fieldset>`;
}

/** @param {Self} self @param {string} number @param {PollDoc} poll */
const chosen = (self, number, poll) => self.choosing.get(`${number}/${poll.round}`) ?? [];
