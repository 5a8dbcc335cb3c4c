/**
 * The rundown page's side of things: the items as they stand (with what is on its way),
 * which row has the keys, what is open for writing, and the few things one can do, each
 * a command with a way back. The rundown elements read it and call it; it draws nothing,
 * and whether something is allowed is only ever decided by the server.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../protocol.d.ts").RundownDoc["items"][number]} Item
 * @typedef {import("../../protocol.d.ts").Command} Command
 * @typedef {{command: Command, rundown: import("../../protocol.d.ts").RundownDoc | undefined}} Done
 * @typedef {{id: string, home: string[], until: number, toast: import("../shared/toasts.js").Toast | undefined}} Moving
 *   home: the items that came after its old place
 */

import { _ } from "../../core/i18n.js";
import { randomId } from "../../core/outbox.js";
import { sentence } from "../../core/rejections.js";
import { Writing } from "./writing.js";
import { Toasts } from "../shared/toasts.js";

const ONE_MOVE_MS = 8_000; // steps of one item within this are undone together

export class Plan {
  /** What is searched for. */
  seeking = "";
  /** The row that has the keys. @type {string | null} */
  at = null;

  page;
  toasts;
  writing;
  /** What was moved last. @type {Moving | null} */
  #moving = null;
  /** Commands that are done while their patch is still to come, with the rundown of that moment. @type {Done[]} */
  #done = [];
  /** Slides that were taken out here, with their notes, by slide. @type {Map<string, Item>} */
  #out = new Map();
  /** @type {WeakSet<Command>} whose refusal is shown beside the thing */
  #beside = new WeakSet();

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.toasts = new Toasts(() => page.redraw());
    this.writing = new Writing(this);
    page.outbox.onSettled = ({ command }, { rejected }) => {
      if (!rejected) this.#done.push({ command, rundown: page.store.get("rundown") });
      else if (!this.#beside.has(command)) this.toasts.say(sentence(rejected), { tone: "danger" });
    };
  }

  /** @param {Partial<Pick<Plan, "seeking" | "at">>} change */
  set(change) {
    Object.assign(this, change);
    this.page.redraw();
  }

  /**
   * Gives a command; resolves with the server's answer.
   * @param {Command} command
   * @param {{beside?: boolean}} [how]  beside: the caller shows a refusal itself
   */
  give(command, { beside = false } = {}) {
    if (beside) this.#beside.add(command);
    return this.page.outbox.send(command);
  }

  /** @param {string} text @param {() => void} [undo] */
  did(text, undo) {
    this.toasts.say(text, undo && { act: { name: _("Undo"), run: undo } });
  }

  /** Gives the keys to a row, when it is drawn. @param {string | null | undefined} id */
  focus(id) {
    this.set({ at: id ?? null });
    requestAnimationFrame(() => {
      const row = this.page.root.querySelector(`[data-item="${CSS.escape(id ?? "")}"]`);
      /** @type {HTMLElement | null} */ (row)?.focus();
    });
  }

  // What there is -------------------------------------------------------------

  /** The rundown; what is on its way, or done and not yet told, stands where it will be. */
  items() {
    const rundown = this.page.store.get("rundown");
    /** @type {Item[]} */
    const items = [...(rundown?.items ?? [])];
    this.#done = this.#done.filter((each) => each.rundown === rundown);
    for (const { command } of [...this.#done, ...this.page.outbox.entries]) {
      if (command.do === "unplace") take(items, command.item);
      else if (command.do === "place") put(items, command.item, command.before);
    }
    return items;
  }

  /** @param {string} id */
  item(id) {
    return this.items().find((item) => item.id === id);
  }

  /** Polls that are in no place of the rundown, as [number, poll]. */
  sparePolls() {
    const placed = new Set(this.items().map((item) => (item.kind === "poll" ? item.poll : 0)));
    return this.page.store
      .family("poll")
      .filter(([number, poll]) => !poll.removed && !placed.has(Number(number)));
  }

  /** Slides that are in no place of the rundown, as [id, slide]. */
  spareSlides() {
    const placed = new Set(this.items().map((item) => (item.kind === "slide" ? item.slide : "")));
    return this.page.store
      .family("slide")
      .filter(([id]) => !placed.has(id))
      .sort(([, a], [, b]) => a.number - b.number);
  }

  // Doing ---------------------------------------------------------------------

  /**
   * Puts an item before another, or at the end; an item that is there moves or changes.
   * @param {Item} item
   * @param {string | null} before
   */
  place(item, before) {
    return this.give(before ? { do: "place", item, before } : { do: "place", item });
  }

  /** @param {string} id @param {string | null} before */
  move(id, before) {
    const item = this.item(id);
    const after = this.#after(id);
    if (!item || before === id || (after[0] ?? null) === before) return;
    const last = this.#moving?.id === id && this.#moving.until > Date.now() ? this.#moving : null;
    if (last?.toast) this.toasts.close(last.toast);
    const home = last?.home ?? after;
    void this.place(item, before);
    this.did(_("Moved to place {n}.", { n: this.items().findIndex((each) => each.id === id) + 1 }), () => {
      this.#moving = null;
      void this.#placeAgain(id, item, home);
    });
    this.#moving = { id, home, until: Date.now() + ONE_MOVE_MS, toast: this.toasts.all.at(-1) };
    this.focus(id);
  }

  /** One place up (-1) or down (1). @param {string} id @param {number} step */
  step(id, step) {
    const items = this.items();
    const index = items.findIndex((item) => item.id === id);
    const target = index + step;
    if (index < 0 || target < 0 || target >= items.length) return;
    this.move(id, items[step > 0 ? target + 1 : target]?.id ?? null);
  }

  /** @param {string} id */
  remove(id) {
    const items = this.items();
    const index = items.findIndex((item) => item.id === id);
    const item = items[index];
    if (!item) return;
    const after = this.#after(id);
    if (item.kind === "slide") this.#out.set(item.slide, item);
    this.writing.forget(id);
    void this.give({ do: "unplace", item: id });
    this.did(_("Taken out of the rundown."), () => {
      void this.#placeAgain(id, item, after);
      this.focus(id);
    });
    this.focus((items[index + 1] ?? items[index - 1])?.id);
  }

  /** @param {number} poll @param {string | null} before */
  placePoll(poll, before) {
    this.#placeNew({ kind: "poll", id: randomId(), poll }, before);
  }

  /**
   * Puts a slide back: where it is told, else before the first slide with a higher number.
   * @param {string} slide
   * @param {string | null} [before]
   */
  placeSlide(slide, before) {
    const { store } = this.page;
    const number = (/** @type {Item} */ item) =>
      item.kind === "slide" ? (store.get(`slide/${item.slide}`)?.number ?? 0) : 0;
    const own = store.get(`slide/${slide}`)?.number ?? 0;
    const next = before === undefined ? this.items().find((item) => number(item) > own)?.id : before;
    this.#placeNew(this.#out.get(slide) ?? { kind: "slide", id: randomId(), slide }, next ?? null);
  }

  /** @param {number} poll */
  putAway(poll) {
    void this.give({ do: "remove_poll", poll });
    this.did(_("The draft is put away."), () => void this.give({ do: "restore_poll", poll }));
  }

  /** Whatever is typed into notes and not sent yet. */
  saveNotes() {
    for (const id of this.writing.typed.keys()) void this.writing.saveNotes(id);
  }

  // Internal ------------------------------------------------------------------

  /** @param {Item} item @param {string | null} before */
  #placeNew(item, before) {
    this.writing.close();
    void this.place(item, before);
    this.did(_("Put into the rundown."), () => void this.give({ do: "unplace", item: item.id }));
    this.focus(item.id);
  }

  /**
   * Back to where it was: before the first of those that came after it and are still there.
   * @param {string} id
   * @param {Item} item
   * @param {string[]} after
   */
  #placeAgain(id, item, after) {
    const there = new Set(this.items().map((each) => each.id));
    return this.place(this.item(id) ?? item, after.find((each) => there.has(each)) ?? null);
  }

  /** The ids that come after this one. @param {string} id */
  #after(id) {
    const ids = this.items().map((item) => item.id);
    return ids.slice(ids.indexOf(id) + 1);
  }
}

/** @param {Item[]} items @param {string} id */
function take(items, id) {
  const index = items.findIndex((item) => item.id === id);
  if (index >= 0) items.splice(index, 1);
}

/** @param {Item[]} items @param {Item} item @param {string | null | undefined} before */
function put(items, item, before) {
  const own = items.findIndex((each) => each.id === item.id);
  if (before === item.id) {
    if (own >= 0) items[own] = item;
    return;
  }
  take(items, item.id);
  const index = items.findIndex((each) => each.id === before);
  items.splice(index < 0 ? items.length : index, 0, item);
}
