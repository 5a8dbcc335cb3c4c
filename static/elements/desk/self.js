/**
 * The desk's side of things: what is being looked at and typed, and how a command is
 * given (sent, its refusal said, its undo offered). Its sides are Driving, Queue,
 * Polling and Notices. The desk elements read it and call it; it draws nothing, and whether
 * something is allowed is only ever decided by the server.
 *
 * @typedef {"stage" | "rundown" | "polls" | "questions" | "people" | "video"} Tab
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../core/outbox.js").Outcome} Outcome
 * @typedef {import("../../protocol.d.ts").Command} Command
 *
 * @typedef {object} Giving
 * @property {boolean} [lasting]   false: makes sense only now
 * @property {string} [slot]
 * @property {string} [said]       what to say when it is done
 * @property {Command} [undo]      the way back, offered with it
 * @property {string} [about]      what it is about: a later word on the same replaces it
 * @property {boolean} [beside]    the caller shows a refusal itself, beside the thing
 */

import { Drafts } from "../../core/drafts.js";
import { _ } from "../../core/i18n.js";
import { sentence } from "../../core/rejections.js";
import { Twice } from "../../core/twice.js";
import { Driving } from "./driving/driving.js";
import { Missing } from "./missing.js";
import { Monitor } from "./video/monitor.js";
import { Notices } from "./notices.js";
import { Polling } from "./polls/polling.js";
import { Queue } from "./questions/queue.js";
import { Toasts } from "../shared/toasts.js";

const EARLY_MS = 15 * 60_000; // before that people are still at other things: who presses tries the button

export class Desk {
  /** @type {Tab} */
  tab = "stage";
  menu = false;
  help = false;
  /** What was pressed once and waits for a second press: "end", "rerun/3". @type {string | null} */
  confirming = null;
  /** What is final, and asked for by a second press of the same. */
  #twice = new Twice();
  /** What is searched for among the people. */
  seeking = "";

  page;
  /** What is written in the forms and not sent. */
  drafts;
  toasts;
  driving;
  queue;
  notices;
  polling;
  monitor;
  missing;
  /** @type {WeakSet<Command>} whose refusal is shown beside the thing */
  #beside = new WeakSet();

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.drafts = new Drafts(`live:drafts:${page.slug}:${page.store.you?.participant ?? ""}`);
    this.toasts = new Toasts(() => page.redraw());
    this.driving = new Driving(this);
    this.queue = new Queue(this);
    this.polling = new Polling(this);
    this.notices = new Notices(this);
    this.monitor = new Monitor(this);
    this.missing = new Missing(this);
    page.outbox.onSettled = ({ command }, { rejected }) => {
      if (rejected && rejected !== "superseded" && !this.#beside.has(command)) this.refused(rejected);
    };
  }

  /**
   * Changes what is looked at or typed, and draws.
   * @param {Partial<Pick<Desk, "tab" | "menu" | "help" | "confirming" | "seeking">>} change
   */
  set(change) {
    Object.assign(this, change);
    this.page.redraw();
  }

  /**
   * Asks for a second press, and brings the focus to it.
   * @param {string} what @param {string} selector
   */
  confirm(what, selector) {
    this.set({ confirming: what, menu: false });
    this.focus(selector);
  }

  /** Pressed, once or twice? What is final waits for the second time. @param {string} what */
  twice(what) {
    const again = this.#twice.press(what, Date.now());
    this.page.redraw();
    return again;
  }

  /** Whether this waits for its second press. @param {string} what */
  asks(what) {
    return this.#twice.asks(what, Date.now());
  }

  /** Lets be whatever waits for a second press, and what lies over the page. */
  letBe() {
    this.#twice.forget();
    this.set({ menu: false, confirming: null });
  }

  /**
   * Gives a command; resolves with the server's answer.
   * @param {Command} command
   * @param {Giving} [how]
   * @returns {Promise<Outcome>}
   */
  async give(command, { lasting = true, slot, said, undo, about, beside = false } = {}) {
    if (beside) this.#beside.add(command);
    const outcome = await this.page.outbox.send(command, { lasting, slot });
    if (!outcome.rejected && said) this.did(said, undo && (() => void this.give(undo)), about);
    return outcome;
  }

  /** @param {string} text @param {() => void} [undo] @param {string} [about] */
  did(text, undo, about) {
    this.toasts.say(text, { about, act: undo && { name: _("Undo"), run: undo } });
  }

  /** @param {string} code */
  refused(code) {
    this.toasts.say(sentence(code), { tone: "danger" });
  }

  /**
   * Puts the focus on what is drawn next.
   * @param {string} selector
   */
  focus(selector) {
    this.page.redraw();
    const there = () => /** @type {HTMLElement | null} */ (this.page.root.querySelector(selector));
    requestAnimationFrame(() => {
      if (there()) return there()?.focus();
      const stop = this.page.store.subscribe(() => {
        stop(); // its doc comes with the next patch
        requestAnimationFrame(() => there()?.focus());
      });
    });
  }

  get broadcast() {
    return this.page.store.get("broadcast");
  }

  get live() {
    return this.broadcast?.phase === "live";
  }

  /** A participant's name, as far as it is known here. @param {string | null | undefined} participant */
  name(participant) {
    return (participant && this.page.store.get(`person/${participant}`)?.name) || _("Somebody");
  }

  // The broadcast -------------------------------------------------------------

  /** A moderator helps; the hour is the lecturer's, or the organiser's. */
  get mayStart() {
    return this.page.store.you?.role !== "moderator";
  }

  /** Whether to start now would be long before its time. */
  get early() {
    const { phase, planned_at: planned } = this.broadcast ?? {};
    return phase === "planned" && !!planned && planned - this.page.now() > EARLY_MS;
  }

  /** Goes live; who starts it drives, unless somebody does already. Long before its time it takes a second press. */
  async start() {
    if (this.early && !this.twice("start")) return;
    const { rejected } = await this.give({ do: "start" });
    if (!rejected && !this.page.store.get("driver")?.driver) void this.give({ do: "take_drive" });
  }

  end() {
    this.set({ confirming: null });
    void this.give({ do: "end" }, { said: _("The broadcast has ended. Nothing is lost."), undo: { do: "start" } });
  }

  /** @param {{mode?: "moderated" | "open", anonymous?: boolean, named?: boolean, cooldown_s?: number}} change */
  setQuestions(change) {
    const { broadcast } = this;
    if (!broadcast) return;
    const { question_mode: mode, anonymous, named = true, cooldown_s = 0 } = broadcast;
    const now = { mode, anonymous, named, cooldown_s };
    void this.give({ do: "set_questions", ...now, ...change }, { slot: "set_questions" });
  }
}
