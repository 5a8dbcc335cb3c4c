/**
 * Polls in a replay: each from the moment on at which it was opened. The viewer tries it first, on this
 * device alone; then the result is shown, where it was shown to everybody. Nothing here is a vote.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("./watching.js").Watching} Watching
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {{number: number, poll: PollDoc, final: PollDoc}} Then   as it was then, and in the end
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { isReady, kindOf } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { pollThen } from "../../core/replay/polls.js";
import { slidesOf } from "../../core/store.js";
import { timeOfDay } from "../../core/text.js";
import { pollResult } from "../polls/result.js";
import { answerOf, mayCompare } from "./then.js";

/** Those that had been opened by now, the latest first. @param {Replay} replay @returns {Then[]} */
function pollsThen(replay) {
  const now = replay.now();
  return replay.store
    .family("poll")
    .flatMap(([id, poll]) => {
      const then = pollThen(poll, now);
      return then ? [{ number: Number(id), poll: then, final: poll }] : [];
    })
    .sort((a, b) => (b.poll.opened_at ?? 0) - (a.poll.opened_at ?? 0));
}

/** How many of them are open at this moment and not tried. @param {Replay} replay */
export const lackingPolls = (replay) =>
  pollsThen(replay).filter(({ number, poll }) => poll.state === "open" && !answerOf(replay, number, poll.round)).length;

/** @param {Replay} replay @param {Watching} watching */
export function replayPolls(replay, watching) {
  const there = pollsThen(replay);
  const ahead = replay.marks.find(({ kind, s }) => kind === "poll" && s > replay.seconds);
  return html`<div class="stack">
    ${repeat(
      there,
      ({ number }) => number,
      (then) => card(replay, watching, then),
    )}
    ${there.length ? nothing : empty(ahead !== undefined)}
    ${
      ahead
        ? html`<p>
            <button type="button" class="button button--quiet" data-do="next-poll" @click=${() => replay.seek(ahead.s)}>
              ${icons.right()}<span>${_("To the next poll")}</span>
            </button>
          </p>`
        : nothing
    }
  </div>`;
}

/** @param {boolean} ahead */
const empty = (ahead) =>
  html`<div class="empty">
    ${icons.poll()}
    <p>${ahead ? _("No poll up to here. Each appears at the moment at which it was opened.") : _("There was no poll.")}</p>
  </div>`;

/** @param {Replay} replay @param {Watching} watching @param {Then} then */
function card(replay, watching, then) {
  const { number, poll } = then;
  const { state } = poll;
  const answer = answerOf(replay, number, poll.round);
  return html`<article
    class="card poll ${state === "open" ? "card--now" : ""}"
    data-poll=${number}
    aria-labelledby="poll-${number}"
  >
    <p class="eyebrow">${state === "open" ? _("Poll, open at this moment") : opened(poll)} · ${kindOf(poll.ballot).name()}</p>
    <h2 class="poll__title" id="poll-${number}">${poll.title}</h2>
    ${answer ? compared(replay, watching, then, answer) : form(replay, watching, then)}
  </article>`;
}

/** @param {PollDoc} poll */
const opened = (poll) => _("Poll of {time}", { time: timeOfDay(poll.opened_at ?? 0) });

/** @param {Replay} replay @param {Watching} watching @param {Then} then */
function form(replay, watching, { number, poll }) {
  const { round } = poll;
  const chosen = () => watching.choosing.get(`${number}/${round}`) ?? [];
  const kind = kindOf(poll.ballot);
  const give = (/** @type {Event} */ event) => {
    event.preventDefault();
    const choice = chosen(); // it may have changed since this was drawn
    if (isReady(poll.ballot, choice)) watching.answer(number, round, choice);
  };
  return html`<form class="stack" @submit=${give}>
    <fieldset class="field poll__choices">
      <legend class="soft">${kind.hint(poll.ballot)}</legend>
      ${kind.vote(poll.ballot, {
        name: `poll-${number}`,
        choice: chosen(),
        disabled: false,
        slides: slidesOf(replay.store),
        onChoose: (choice) => watching.choose(number, round, choice),
      })}
    </fieldset>
    <button class="button button--primary button--wide" ?disabled=${!isReady(poll.ballot, chosen())}>${_("Answer")}</button>
    <p class="promise">${_("For yourself: the answer stays in this browser and is not counted. Then you see what the others said.")}</p>
  </form>`;
}

/** @param {Replay} replay @param {Watching} watching @param {Then} then @param {import("../../ballots/options.js").Choice} answer */
function compared(replay, watching, { number, poll, final }, answer) {
  const { round } = poll;
  const tried = replay.tries.of(number, round) !== undefined;
  const tally = replay.store.get(`tally/${number}`);
  const shown = mayCompare(replay, number) && tally?.counts;
  return html`<div class="poll__mine">
      ${icons.check()}
      <p>
        <b>${tried ? _("Your answer") : _("Your vote at the time")}</b>
        <br /><span class="soft">${kindOf(poll.ballot).said(poll.ballot, answer)}</span>
      </p>
      ${
        tried
          ? html`<button
              type="button"
              class="button button--small"
              data-do="again"
              @click=${() => watching.answer(number, round, null)}
            >
              ${_("Try again")}
            </button>`
          : nothing
      }
    </div>
    ${
      shown
        ? pollResult({ ...final, state: poll.state }, tally, { mine: answer, slides: slidesOf(replay.store) })
        : html`<p class="soft">${_("The result has not been shown.")}</p>`
    }`;
}
