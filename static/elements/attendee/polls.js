/**
 * Polls on the attendee page: a card for each, with the form while it is open, what
 * became of one's vote, and the result where it is shown. A vote is "in" only when
 * the server said so; until then the card says where it is.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../../ballots/options.js").Choice} Choice
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { isReady, kindOf } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { slidesOf } from "../../core/store.js";
import { sentence } from "../../core/rejections.js";
import { openPolls, pollOf, pollsOf, splitOf, takesVotes, tallyOf, waitingFor } from "../../core/polling.js";
import { pollResult, pollSum, timeLeft } from "../polls/result.js";
import { underWay } from "../shared/status.js";
import { formCard, formsOf, lacking, promise } from "./form.js";
import { scoreboard, verdict, worth } from "../polls/quiz.js";

/**
 * What belongs under the slide of a phone: the open polls, and the one on stage.
 * @param {Page} page
 */
export function pollsNow(page) {
  const open = openPolls(page);
  const over = page.cue()?.overlay;
  const staged = over?.kind === "poll" ? pollOf(page, over.poll) : undefined;
  if (!over || over.kind !== "poll" || !staged || staged.state === "open") return open;
  return [/** @type {[string, PollDoc]} */ ([String(over.poll), staged]), ...open];
}

/** The scoreboard as it belongs under the slide of a phone, while it is on stage. @param {Page} page */
export const scoresNow = (page) =>
  page.cue()?.overlay?.kind === "scores"
    ? html`<section class="card card--now" data-scores aria-label=${_("Scores")}>${scoreboard(page.store.get("scores"))}</section>`
    : nothing;

/** @param {Page} page @param {Self} self */
export function polls(page, self) {
  const open = openPolls(page);
  const closed = pollsOf(page)
    .filter(([, poll]) => poll.state === "closed")
    .sort(([, a], [, b]) => (b.closed_at ?? 0) - (a.closed_at ?? 0));
  if (!open.length && !closed.length) {
    return html`<div class="empty">
      ${icons.poll()}
      <p>${_("No poll yet. When one opens, you see it here and under the slide.")}</p>
    </div>`;
  }
  return html`<div class="stack">
    ${cards(page, self, [...open, ...closed])}
  </div>`;
}

/**
 * A card for each, and one for all that are to be answered together.
 * @param {Page} page @param {Self} self
 * @param {[string, PollDoc][]} rows
 */
export function cards(page, self, rows) {
  const forms = formsOf(page, self, rows);
  const alone = rows.filter(([number]) => ![...forms.values()].flat().some(([other]) => other === number));
  return html`${repeat(
    forms,
    ([name]) => name,
    ([name, parts]) => formCard(page, self, name, parts),
  )}
  ${repeat(
    alone,
    ([number]) => number,
    ([number, poll]) => pollCard(page, self, Number(number), poll),
  )}`;
}

/**
 * @param {Page} page @param {Self} self
 * @param {number} number
 * @param {PollDoc} poll
 */
function pollCard(page, self, number, poll) {
  const vote = self.vote(number, poll.round);
  const tally = tallyOf(page, number, poll);
  const open = poll.state === "open";
  const taken = takesVotes(page, number, poll);
  const form = taken && (vote.state === "none" || self.changing.has(`${number}/${poll.round}`));
  const refusal = self.refusals.get(`vote/${number}`);
  return html`<article
    class="card poll ${open ? "card--now" : ""}"
    data-poll=${number}
    aria-labelledby="poll-${number}"
  >
    <p class="eyebrow">
      ${open ? _("Poll, open now") : _("Poll, closed")} · ${kindOf(poll.ballot).name()}${taken && poll.quiz ? html` · ${worth(poll)}` : nothing}
      ${taken ? timeLeft(poll, page.media()) : nothing}
    </p>
    <h2 class="poll__title" id="poll-${number}">${poll.title}</h2>
    ${refusal ? html`<p class="notice notice--danger" role="alert">${icons.warning()}<span>${sentence(refusal)}</span></p>` : nothing}
    ${form ? voteForm(page, self, number, poll, vote.choice) : myVote(page, self, number, poll, vote, taken)}
    ${verdict(poll, vote)}
    ${
      tally?.counts
        ? pollResult(poll, tally, { mine: vote.state === "sent" ? vote.choice : [], slides: slidesOf(page.store), split: splitOf(page, number, poll) })
        : html`${open ? nothing : html`<p class="soft">${hidden(page, poll)}</p>`}${pollSum(poll, tally)}`
    }
  </article>`;
}

/** Why there is no result. @param {Page} page @param {PollDoc} poll */
const hidden = (page, poll) =>
  waitingFor(page, poll) ? _("Those who watch with a delay still vote. Then the result may be shown.") : _("The result has not been shown.");

/**
 * @param {Page} page @param {Self} self
 * @param {number} number
 * @param {PollDoc} poll
 * @param {Choice} voted
 */
function voteForm(page, self, number, poll, voted) {
  const chosen = () => self.choosing.get(`${number}/${poll.round}`) ?? voted;
  const choice = chosen();
  const kind = kindOf(poll.ballot);
  const cast = (/** @type {Event} */ event) => {
    event.preventDefault();
    const now = chosen(); // it may have changed since this was drawn
    if (isReady(poll.ballot, now)) self.castVote(number, poll.round, now);
  };
  return html`<form class="stack" @submit=${cast}>
    <fieldset class="field poll__choices">
      <legend class="soft">${kind.hint(poll.ballot)}</legend>
      ${kind.vote(poll.ballot, {
        name: `poll-${number}`,
        choice,
        disabled: false,
        slides: slidesOf(page.store),
        onChoose: (chosen) => self.choose(number, poll.round, chosen),
      })}
    </fieldset>
    ${lacking(poll.ballot, choice)}
    <button class="button button--primary button--wide" ?disabled=${!isReady(poll.ballot, choice)}>
      ${voted.length ? _("Change my vote") : _("Vote")}
    </button>
    <p class="promise">${promise(poll)}</p>
  </form>`;
}

/**
 * @param {Page} page @param {Self} self
 * @param {number} number
 * @param {PollDoc} poll
 * @param {import("./self.js").OwnVote} vote
 * @param {boolean} taken   it could still be changed
 */
function myVote(page, self, number, poll, vote, taken) {
  if (vote.state === "none" && poll.state === "open") return html`<p class="soft">${_("You see this too late to vote: the hall has gone on.")}</p>`;
  if (vote.state === "none") return html`<p class="soft">${_("You did not vote.")}</p>`;
  const sending = underWay(page, page.outbox.pending(`vote/${number}`));
  return html`<div class="poll__mine" data-vote=${vote.state}>
    ${vote.state === "sent" ? icons.check() : icons.clock()}
    <p>
      <b>${vote.state === "sent" ? _("Your vote is in") : sending}</b>
      ${poll.secret ? nothing : html`<br /><span class="soft">${kindOf(poll.ballot).said(poll.ballot, vote.choice)}</span>`}
    </p>
    ${
      taken && !poll.secret
        ? html`<button
            type="button"
            class="button button--small"
            data-do="change"
            @click=${() => self.changeVote(number, poll.round)}
          >
            ${_("Change")}
          </button>`
        : nothing
    }
  </div>`;
}
