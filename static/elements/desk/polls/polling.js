/**
 * What the desk does with polls: makes them, opens and closes them, runs them again,
 * shows their results. Part of Desk. A poll being written is kept here until the
 * server has it, whatever is looked at meanwhile.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../polls/editor.js").Draft} Draft
 * @typedef {import("../../../protocol.d.ts").PollDoc} Poll
 * @typedef {import("../../../core/polling.js").By} By
 * @typedef {{number: number | null, draft: Draft, sending: boolean, refusal: string | undefined}} Composing
 *   number: the draft that is changed, or null for a new poll
 */

import { _ } from "../../../core/i18n.js";
import { waitingFor } from "../../../core/polling.js";
import { changed, composed, draftOf, emptyDraft, isEmpty } from "../../polls/editor.js";

/** Whether its result is still unknown, and showing it is for good. @param {Poll} poll */
export const isSealed = ({ secret, state, final, shown, promised }) => !!secret && state === "closed" && !final && !shown && !promised;

/** Whether closing it shows such a result. @param {Poll} poll */
export const closesForGood = ({ secret, results = "hand", state }) => !!secret && results !== "hand" && state === "open";

export class Polling {
  /** @type {Composing | null} */
  composing = null;
  /** By what each poll is looked at here. @type {Map<number, By>} */
  by = new Map();
  /** Which page of a wall is read, by poll. @type {Map<number, import("./answers.js").Reading>} */
  reading = new Map();

  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    const draft = desk.drafts.get("poll");
    if (draft) this.composing = { ...draft, sending: false, refusal: undefined };
  }

  // What there is -------------------------------------------------------------

  /** Open ones first, then drafts in the order they were made, then closed ones, the last closed first. */
  rows() {
    const all = this.#desk.page.store.family("poll").filter(([, poll]) => !poll.removed);
    const of = (/** @type {Poll["state"]} */ state) => all.filter(([, poll]) => poll.state === state);
    return {
      open: of("open").sort(([, a], [, b]) => (b.opened_at ?? 0) - (a.opened_at ?? 0)),
      draft: of("draft"),
      closed: of("closed").sort(([, a], [, b]) => (b.closed_at ?? 0) - (a.closed_at ?? 0)),
    };
  }

  /** The poll that lies on the stage, through a blank the one that was opened last. @returns {number | null} */
  onStage() {
    const overlay = this.#desk.page.cue()?.overlay;
    return overlay?.kind === "poll" ? overlay.poll : null;
  }

  /**
   * The poll that keys mean: the one on its way to the stage or on it, else the one opened last. So a key right
   * after "next" means what comes, as fingers do.
   * @returns {[number, Poll] | null}
   */
  atHand() {
    const coming = this.#desk.driving.coming();
    const staged = coming ? (coming.kind === "poll" ? coming.poll : null) : this.onStage();
    const number = staged ?? Number(this.rows().open[0]?.[0] ?? NaN);
    const poll = this.#desk.page.store.get(`poll/${number}`);
    return poll ? [number, poll] : null;
  }

  // Turning -------------------------------------------------------------------

  /** @param {number} poll */
  open(poll) {
    return this.#desk.give({ do: "open_poll", poll });
  }

  /** @param {number} poll */
  close(poll) {
    const doc = this.#desk.page.store.get(`poll/${poll}`);
    if (doc && closesForGood(doc) && !this.#desk.twice(`close/${poll}`)) return;
    // A secret result that comes with the close is final by then.
    const undo = doc?.secret && doc.results === "close" ? undefined : /** @type {const} */ ({ do: "reopen_poll", poll });
    void this.#desk.give({ do: "close_poll", poll }, { said: _("The poll is closed."), undo, about: `poll/${poll}` });
  }

  /** @param {number} poll */
  reopen(poll) {
    void this.#desk.give({ do: "reopen_poll", poll });
  }

  /** @param {number} poll */
  rerun(poll) {
    this.#desk.set({ confirming: null });
    void this.#desk.give({ do: "rerun_poll", poll });
  }

  /** So much longer; without a limit so far, that is when it closes. @param {number} poll @param {number} seconds */
  extend(poll, seconds) {
    void this.#desk.give({ do: "extend_poll", poll, seconds });
  }

  /** @param {number} poll @param {boolean} shown */
  showResults(poll, shown) {
    const doc = this.#desk.page.store.get(`poll/${poll}`);
    if (doc && shown && isSealed(doc) && !this.#desk.twice(`results/${poll}`)) return;
    const later = doc ? waitingFor(this.#desk.page, doc) > 0 && !doc.shown : false;
    const now = doc?.secret
      ? _("Everyone can see the result. The round is over for good.")
      : _("Everyone can see the result.");
    const said = shown
      ? later
        ? _("Everyone will see the result when remote viewers have voted.")
        : now
      : _("The result is hidden.");
    const undo = /** @type {const} */ ({ do: "show_results", poll, shown: !shown });
    void this.#desk.give({ do: "show_results", poll, shown }, { said, undo, about: `poll/${poll}` });
  }

  /** A draft that asks the same once more, to see what the time between has changed. @param {number} number */
  async repeat(number) {
    const poll = this.#desk.page.store.get(`poll/${number}`);
    if (!poll) return;
    const { made } = await this.#desk.give(
      { do: "add_poll", ...composed(draftOf(poll)), repeats: number },
      { said: _("A draft asks it again. Open it when the time has come.") },
    );
    if (made) this.#desk.focus(`[data-poll="${made.replace("poll/", "")}"]`);
  }

  /** The scoreboard comes on stage, and with it to everyone. */
  showScores() {
    void this.#desk.give({ do: "show_scores" });
  }

  /** Brings it on stage, with its result by group where that is asked for. @param {number} poll @param {By | null} [by] */
  stage(poll, by = null) {
    void this.#desk.give({ do: "show_poll", poll, by });
  }

  /** Has the screen stay on the page of open text with this answer; null: they turn by themselves. @param {number} poll @param {number | null} first */
  turnTo(poll, first) {
    void this.#desk.give({ do: "show_poll", poll, first });
  }

  /** Looks at its result by group, here alone. @param {number} poll @param {By | null} by */
  look(poll, by) {
    if (by) this.by.set(poll, by);
    else this.by.delete(poll);
    this.#desk.page.redraw();
  }

  /** @param {number} poll */
  putAway(poll) {
    const undo = /** @type {const} */ ({ do: "restore_poll", poll });
    void this.#desk.give({ do: "remove_poll", poll }, { said: _("The draft is put away."), undo, about: `poll/${poll}` });
  }

  /** What somebody wrote: may everyone see it? @param {number} poll @param {string} text @param {boolean} shown */
  judge(poll, text, shown) {
    const said = shown ? _("Everyone can see it: {text}", { text }) : _("Nobody else sees it: {text}", { text });
    const undo = /** @type {const} */ ({ do: "judge_answer", poll, text, shown: !shown });
    void this.#desk.give({ do: "judge_answer", poll, text, shown }, { said, undo, about: `poll/${poll}` });
  }

  /** @param {number} poll @param {import("./answers.js").Reading} reading */
  read(poll, reading) {
    this.reading.set(poll, reading);
    this.#desk.page.redraw();
  }

  // By key, on the poll at hand -------------------------------------------------

  openAtHand() {
    const at = this.atHand();
    if (at?.[1].state === "draft") void this.open(at[0]);
    else this.#desk.toasts.say(_("No poll that could be opened is on the screen."));
  }

  closeAtHand() {
    const at = this.atHand();
    if (at?.[1].state === "open") this.close(at[0]);
    else this.#desk.toasts.say(_("No poll is open."));
  }

  turnResults() {
    const at = this.atHand();
    if (at && at[1].state !== "draft") this.showResults(at[0], !(at[1].shown || at[1].promised));
  }

  // Making --------------------------------------------------------------------

  /** @param {number | null} [number] */
  compose(number = null) {
    const poll = number === null ? undefined : this.#desk.page.store.get(`poll/${number}`);
    const draft = poll ? draftOf(poll) : emptyDraft();
    if (this.composing && this.composing.number !== number) this.stopComposing();
    this.#hold(this.composing ?? { number, draft, sending: false, refusal: undefined });
    this.#desk.set({ tab: "polls" });
    this.#desk.focus("#compose [name=title]");
  }

  /** @param {import("../../polls/editor.js").Change} change */
  write(change) {
    const { composing } = this;
    if (composing) this.#hold({ ...composing, draft: changed(composing.draft, change), refusal: undefined });
    this.#desk.page.redraw();
  }

  stopComposing() {
    const { composing } = this;
    this.#hold(null);
    if (composing && !isEmpty(composing.draft)) {
      this.#desk.did(_("The poll was not saved."), () => this.#again(composing));
    }
    this.#desk.page.redraw();
  }

  /** Sends it; with `open`, opens it at once. @param {boolean} open */
  async save(open) {
    const { composing } = this;
    if (!composing || composing.sending) return;
    this.composing = { ...composing, sending: true, refusal: undefined };
    this.#desk.page.redraw();
    const { number, draft } = composing;
    const { made, rejected } = await this.#desk.give(
      number === null ? { do: "add_poll", ...composed(draft) } : { do: "edit_poll", poll: number, ...composed(draft) },
      { beside: true, said: open ? undefined : _("The draft is saved.") },
    );
    if (rejected) {
      this.#again({ ...(this.composing ?? composing), sending: false, refusal: rejected });
      return;
    }
    this.#hold(null);
    const saved = number ?? Number(made?.replace("poll/", ""));
    if (open) await this.open(saved);
    this.#desk.focus(`[data-poll="${saved}"]${open ? "[data-state=open]" : ""}`);
  }

  /** @param {Composing} composing */
  #again(composing) {
    this.#hold(composing);
    this.#desk.page.redraw();
  }

  /** What is being written, kept also for the next load of this page. @param {Composing | null} composing */
  #hold(composing) {
    this.composing = composing;
    this.#desk.drafts.keep("poll", composing);
  }
}
