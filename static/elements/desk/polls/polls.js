/**
 * The polls at the desk: a new one on the spot, and a card for each with its state,
 * how many of those present have voted, the bars, and what can be done with it now.
 * Drawn by desk/page.js; what the buttons do is Polling's.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../protocol.d.ts").PollDoc} Poll
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { kindOf, optionsOf, resultOf } from "../../../ballots/index.js";
import * as icons from "../../../core/icons.js";
import { _, ngettext } from "../../../core/i18n.js";
import { groupsBy, waitingFor } from "../../../core/polling.js";
import { slidesOf } from "../../../core/store.js";
import { number as figure, timeOfDay } from "../../../core/text.js";
import { answersRead } from "./answers.js";
import { pollState } from "../driving/rundown.js";
import { closesForGood, isSealed } from "./polling.js";
import { lookBy, splitHere, stagedBy } from "./split.js";
import { attendeesHere, ofThoseHere } from "./turnout.js";
import { scoreboard } from "../../polls/quiz.js";
import { pollEditor } from "../../polls/editor.js";
import { pollResult, timeLeft } from "../../polls/result.js";
import { span } from "../../polls/editor-rules.js";
import { splitResult } from "../../polls/split.js";

export const EXTENSION = 30; // seconds that one press gives

/** @param {Desk} desk */
export function polls(desk) {
  const { polling } = desk;
  const { open, draft, closed } = polling.rows();
  const none = !open.length && !draft.length && !closed.length && !polling.composing;
  const over = desk.broadcast?.phase === "ended"; // then the results are what one comes for
  return html`<div class="polls stack">
    ${polling.composing?.number === null ? editor(desk) : over ? nothing : newButton(desk)}
    ${none ? html`<div class="empty">${icons.poll()}<p>${_("No poll yet. Make one here in a few seconds, or prepare it on the rundown page.")}</p></div>` : nothing}
    ${scores(desk)} ${group(desk, _("Running now"), open)} ${over ? nothing : group(desk, _("Drafts"), draft)}
    ${group(desk, _("Closed"), closed)} ${over ? group(desk, _("Not asked"), draft) : nothing}
  </div>`;
}

/** @param {Desk} desk */
const newButton = ({ polling }) =>
  html`<button type="button" class="button button--wide" data-do="compose" @click=${() => polling.compose()}>
    ${icons.plus()}<span>${_("New poll")}</span><kbd>P</kbd>
  </button>`;

/** How everyone has done in the quiz: the desk's alone until it is brought on stage. @param {Desk} desk */
function scores({ page, live, polling }) {
  const doc = page.store.get("scores");
  if (!doc) return nothing;
  const staged = page.cue()?.overlay?.kind === "scores";
  return html`<details class="card desk-scores">
    <summary>${_("Scores")} <span class="soft">${ngettext("{n} question", "{n} questions", doc.questions)}</span></summary>
    ${scoreboard(doc)}
    ${
      live && !staged
        ? html`<button type="button" class="button button--small" data-do="scores" @click=${() => polling.showScores()}>
            ${icons.screen()}<span>${_("Bring on stage")}</span>
          </button>`
        : nothing
    }
  </details>`;
}

/** @param {Desk} desk */
function editor({ live, page, polling }) {
  const { composing } = polling;
  if (!composing) return nothing;
  return html`<section class="card card--now" aria-label=${_("New poll")}>
    ${pollEditor({
      id: "compose",
      draft: composing.draft,
      onChange: (change) => polling.write(change),
      save: _("Keep as draft"),
      onSave: () => void polling.save(false),
      onOpen: live ? () => void polling.save(true) : undefined,
      onCancel: () => polling.stopComposing(),
      refusal: composing.refusal,
      sending: composing.sending,
      slides: slidesOf(page.store),
    })}
  </section>`;
}

/** @param {Desk} desk @param {string} name @param {[string, Poll][]} rows */
function group(desk, name, rows) {
  if (!rows.length) return nothing;
  return html`<section class="stack stack--tight" aria-label=${name}>
    <h2 class="side__head">${name}</h2>
    ${repeat(
      rows,
      ([id]) => id,
      ([id, poll]) => (desk.polling.composing?.number === Number(id) ? editor(desk) : card(desk, Number(id), poll)),
    )}
  </section>`;
}

/** @param {Desk} desk @param {number} number @param {Poll} poll */
function card(desk, number, poll) {
  const tally = desk.page.store.get(`tally/${number}`);
  const staged = desk.polling.onStage() === number;
  return html`<article
    class="card desk-poll ${poll.state === "open" ? "card--now" : ""}"
    data-poll=${number}
    data-state=${poll.state}
    tabindex="-1"
    aria-labelledby="poll-${number}"
  >
    <p class="eyebrow cluster">
      ${pollState(poll)} ${kindOf(poll.ballot).name()} ${poll.state === "open" && poll.opened_at ? _("since {time}", { time: timeOfDay(poll.opened_at) }) : nothing}
      ${timeLeft(poll, desk.page.media())} ${awaited(desk, poll)}
      ${staged && desk.live ? html`<span class="pill pill--now">${_("On stage")}</span>` : nothing}
      ${poll.secret ? html`<span class="pill pill--plain">${_("Secret")}</span>` : nothing}
      ${poll.shown ? html`<span class="pill pill--good">${_("Result shown")}</span>` : nothing}
    </p>
    <h3 class="desk-poll__title" id="poll-${number}">${poll.title}</h3>
    ${poll.state === "draft" ? outline(poll) : html`${turnout(desk, tally)} ${lookBy(desk, number, poll)} ${result(desk, number, poll, tally)}`}
    <div class="cluster desk-poll__actions">${turns(desk, number, poll, staged)}</div>
    ${former(desk, number, poll, tally)}
  </article>`;
}

/**
 * The result, with what can be judged in it.
 * @param {Desk} desk @param {number} number @param {Poll} poll @param {import("../../../protocol.d.ts").TallyDoc | undefined} tally
 */
function result(desk, number, poll, tally) {
  const how = {
    slides: slidesOf(desk.page.store),
    judge: (/** @type {string} */ text, /** @type {boolean} */ shown) => desk.polling.judge(number, text, shown),
    split: splitHere(desk, number),
  };
  if (!tally || !kindOf(poll.ballot).paged) return pollResult(poll, tally, how);
  const { said, filter, pager } = answersRead(desk, number, poll);
  return html`${filter} ${pollResult(poll, { ...tally, said }, how)} ${pager}`;
}

/** What a draft will ask, and for how long. @param {Poll} poll */
const outline = ({ ballot, seconds }) =>
  html`<p class="soft">
    ${optionsOf(ballot).join(" / ") || kindOf(ballot).hint(ballot)}${seconds ? html` · ${span(seconds)}` : nothing}
  </p>`;

/** Those who are behind still vote: for how long, and what comes then. @param {Desk} desk @param {Poll} poll */
export function awaited({ page }, poll) {
  const left = Math.ceil(waitingFor(page, poll) / 1000);
  if (!left) return nothing;
  return html`<span class="pill pill--now" role="timer">
    ${poll.promised ? _("Remote viewers still vote, the result comes in {n} s", { n: left }) : _("Waiting for remote viewers, {n} s", { n: left })}
  </span>`;
}

/**
 * How many of those present have voted.
 * @param {Desk} desk @param {import("../../../protocol.d.ts").TallyDoc | undefined} tally
 */
function turnout({ page }, tally) {
  const votes = tally?.votes ?? 0;
  return html`<p class="desk-poll__turnout number">
    <b>${figure(votes)}</b> <span class="soft">${ofThoseHere(votes, attendeesHere(page)).words}</span>
  </p>`;
}

// What can be done now ----------------------------------------------------------------

/** @param {Desk} desk @param {number} number @param {Poll} poll @param {boolean} staged */
function turns(desk, number, poll, staged) {
  const { polling, live } = desk;
  const button = (/** @type {string} */ act, /** @type {string} */ name, /** @type {() => void} */ run, look = "") =>
    html`<button type="button" class="button button--small ${look}" data-do=${act} @click=${run}>${name}</button>`;
  const asked = finalStep(desk, number, poll);
  const results = mayShow(poll)
    ? button("results", asked?.name ?? resultsLabel(poll), () => polling.showResults(number, !(poll.shown || poll.promised)), asked?.look)
    : nothing;
  const reopen = poll.final || !live ? nothing : button("reopen", _("Reopen"), () => polling.reopen(number), "button--quiet");
  const by = splitHere(desk, number)?.by ?? null; // what is looked at here is what comes
  const there = staged && stagedBy(desk) === by;
  const stage = live && !there ? button("stage", _("Bring on stage"), () => polling.stage(number, by)) : nothing;
  switch (poll.state) {
    case "draft":
      return html`${live ? button("open", _("Open it"), () => void polling.open(number), "button--primary") : nothing}
      ${button("edit", _("Edit"), () => polling.compose(number))}
      ${button("away", _("Put away"), () => polling.putAway(number), "button--quiet")}`;
    case "open":
      return html`${asked?.why ?? nothing}
      ${button("close", asked?.name ?? _("Close it"), () => polling.close(number), asked?.look ?? "button--primary")}
      ${button("extend", extendLabel(poll), () => polling.extend(number, EXTENSION))} ${results} ${stage}`;
    case "closed":
      return html`${asked?.why ?? nothing} ${results} ${stage} ${reopen}
      ${live ? button("repeat", _("Ask again later"), () => void polling.repeat(number), "button--quiet") : nothing}
      ${live ? rerun(desk, number, button) : nothing}`;
  }
}

/**
 * What stands in the place of a step that is final, once it was pressed: what is final about it, and the name of
 * the second press.
 * @param {Desk} desk @param {number} number @param {Poll} poll
 */
export function finalStep(desk, number, poll) {
  const closes = desk.asks(`close/${number}`) && closesForGood(poll);
  if (!closes && !(desk.asks(`results/${number}`) && isSealed(poll))) return undefined;
  return {
    name: closes ? _("Close for good") : _("Show for good"),
    look: "button--danger",
    why: html`<p class="final-step" role="alert">
      ${icons.warning()}<span>
        ${closes ? _("With the close everyone sees the result: the round is over for good.") : _("Everyone sees it, and the round is over for good.")}
        <small>${_("Press once more to do it; else nothing happens.")}</small>
      </span>
    </p>`,
  };
}

/** Whether its result can be shown now. @param {Poll} poll */
export const mayShow = ({ secret, state }) => !(secret && state === "open");

/** @param {Poll} poll */
export const resultsLabel = ({ shown, promised }) =>
  shown ? _("Hide the result") : promised ? _("Hold the result back") : _("Show the result");

/** @param {Poll} poll */
export const extendLabel = ({ closes_at }) =>
  closes_at == null ? _("Close in {n} s", { n: EXTENSION }) : _("+ {n} s", { n: EXTENSION });

/**
 * A new round starts from zero: it takes a second press.
 * @param {Desk} desk @param {number} number
 * @param {(act: string, name: string, run: () => void, look?: string) => unknown} button
 */
function rerun(desk, number, button) {
  const key = `rerun/${number}`;
  if (desk.confirming !== key) {
    return button("rerun", _("Run again"), () => desk.confirm(key, "[data-do=rerun-yes]"), "button--quiet");
  }
  return html`<span class="confirm">
    <span>${_("A new round starts from zero; this one is kept.")}</span>
    ${button("rerun-yes", _("Start the round"), () => desk.polling.rerun(number), "button--primary")}
    ${button("rerun-no", _("Cancel"), () => desk.set({ confirming: null }), "button--quiet")}
  </span>`;
}

/** @param {Desk} desk @param {number} number @param {Poll} poll @param {import("../../../protocol.d.ts").TallyDoc | undefined} tally */
function former(desk, number, poll, tally) {
  if (!tally?.former?.length) return nothing;
  return html`<details class="desk-poll__former">
    <summary>${ngettext("{n} former round", "{n} former rounds", tally.former.length)}</summary>
    ${tally.former.map(
      (each) => html`<div class="stack stack--tight">
        <p class="eyebrow">${_("Round {n}", { n: each.round })} · ${ngettext("{n} vote", "{n} votes", each.votes)}</p>
        ${formerResult(desk, number, poll, each)}
      </div>`,
    )}
  </details>`;
}

/** In the way in which the round now is looked at, where it was counted like that. @param {Desk} desk @param {number} number @param {Poll} poll @param {import("../../../protocol.d.ts").FormerRound} round */
function formerResult({ page, polling }, number, poll, round) {
  const split = groupsBy(page.store.get(`split/${number}/${round.round}`), polling.by.get(number));
  return split ? splitResult(poll, split) : resultOf(poll.ballot, round, { slides: slidesOf(page.store) });
}
