/**
 * Working the question queue: which question is selected, its editing, what is done
 * with it and how that is undone. Part of Desk. The order is pending first, oldest
 * first, then live as one chose; what is on screen stands above both, and what is
 * pinned above the rest; votes do not move anything for some seconds (Calm).
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../protocol.d.ts").QuestionDoc} Question
 * @typedef {[string, Question]} Row
 * @typedef {Record<"screen" | "pending" | "live" | "done", Row[]>} Groups
 * @typedef {"approve" | "present" | "answer" | "dismiss" | "archive"} Step
 * @typedef {object} Editing
 * @property {string} id
 * @property {"wording" | "reply" | "action"} what
 * @property {string} text      the wording, the reply, or what came of the action item
 * @property {string} was       what was there when it was begun
 * @property {boolean} private  the reply is for the asker alone
 * @property {string} unit
 * @property {string} due
 * @property {boolean} done
 * @property {boolean} sending
 * @property {string | undefined} refusal
 */

import { _ } from "../../../core/i18n.js";
import { lasting } from "../../../core/lasting.js";
import { Doubles } from "./doubles.js";
import { Holding } from "./hold.js";
import { begun, saved, written } from "./writing.js";
import { Calm, older, ordered } from "../../questions/order.js";

const PAGE = 40; // rows drawn at once: some screens full

export class Queue {
  /** The question that keys act on. @type {string | null} */
  selected = null;
  /** @type {Editing | null} */
  editing = null;
  /** What is searched for among those that are done. */
  seeking = "";
  /** How those that everyone sees are sorted. @type {import("../../questions/order.js").Order} */
  order = "votes";
  /** The label whose questions alone are shown. @type {number | null} */
  label = null;
  /** How many rows of a list are drawn. */
  shown = PAGE;
  #calm = new Calm();
  #grouped = lasting(grouped);
  #pending = lasting((/** @type {Row[]} */ rows) => rows.filter(([, { state }]) => state === "pending").length);
  #merged = lasting((/** @type {Row[]} */ rows) => rows.map(([, question]) => question).filter(({ into }) => into));

  /** What the others see of it. */
  holding;
  /** What asks the same as an older one. */
  doubles;
  #desk;
  /** Questions the desk has acted on from this page, the last one last. @type {string[]} */
  #acted = [];

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    this.holding = new Holding(desk);
    this.doubles = new Doubles(desk.page);
    this.#takeUp(desk.drafts.get("question"));
  }

  // What there is -------------------------------------------------------------

  /** @returns {Groups} */
  rows() {
    const { page } = this.#desk;
    const groups = this.#grouped(page.store.family("question"), this.label);
    return { ...groups, live: this.#calm.order(groups.live, this.order, page.now()) };
  }

  pending() {
    return this.#pending(this.#desk.page.store.family("question"));
  }

  /** The done ones that match the search. */
  found() {
    const wanted = this.seeking.trim().toLocaleLowerCase();
    const words = (/** @type {Question} */ { text, by, unit }) => [text, by, unit].join(" ").toLocaleLowerCase();
    return this.rows().done.filter(([, question]) => !wanted || words(question).includes(wanted));
  }

  /** @param {number | null} label */
  only(label) {
    this.label = label;
    this.#desk.page.redraw();
  }

  /** @param {string} order */
  sort(order) {
    this.order = /** @type {import("../../questions/order.js").Order} */ (order);
    this.#desk.page.redraw();
  }

  showMore() {
    this.shown += PAGE;
    this.#desk.page.redraw();
  }

  /** Those that were merged into it. @param {string} id @returns {Question[]} */
  united(id) {
    return this.#merged(this.#desk.page.store.family("question")).filter(({ into }) => into === id);
  }

  /** @param {string} text */
  seek(text) {
    this.seeking = text;
    this.#desk.page.redraw();
  }

  /** Questions in the order in which j and k walk. */
  #walk() {
    const { screen, pending, live } = this.rows();
    return [...screen, ...pending, ...live].map(([id]) => id);
  }

  // Selecting -----------------------------------------------------------------

  /** @param {string | null} id */
  select(id) {
    if (this.selected === id) return;
    this.selected = id;
    this.#desk.page.redraw();
  }

  /** @param {number} step */
  move(step) {
    const ids = this.#walk();
    const index = ids.indexOf(this.selected ?? "");
    const next = index < 0 ? this.#first() : ids[Math.min(ids.length - 1, Math.max(0, index + step))];
    if (!next) return;
    this.select(next);
    this.#desk.focus(`[data-question="${next}"]`);
  }

  /** Where to begin: with what waits. */
  #first() {
    const { pending, live, screen } = this.rows();
    return (pending[0] ?? live[0] ?? screen[0])?.[0];
  }

  // Doing ---------------------------------------------------------------------

  /** By key: acts on the selected one, or first only shows which that would be. @param {Step} step */
  actOnSelected(step) {
    if (this.selected && this.#desk.page.store.get(`question/${this.selected}`)) void this.act(step, this.selected);
    else this.move(0);
  }

  /** @param {Step} step @param {string} question */
  async act(step, question) {
    const ids = this.#walk();
    const { pending } = this.rows();
    const inside = this.#desk.page.root.querySelector(".queue")?.contains(document.activeElement);
    const waiting = pending.map(([id]) => id);
    const after = neighbour(waiting.includes(question) ? waiting : ids, question);
    const { rejected } = await this.#desk.give({ do: step, question });
    if (rejected) return;
    this.#acted = [...this.#acted.filter((each) => each !== question), question];
    this.#desk.did(SAID[step](), () => this.undo(question), question);
    if (this.selected === question && step !== "present") this.select(after);
    // The row is about to move and would lose the focus: give it to one that stays.
    if (inside) this.#desk.focus(after && step !== "present" ? `[data-question="${after}"]` : ".queue");
  }

  /** Takes back the last thing done from here, or else with the selected one. */
  undoLast() {
    const question = this.#acted[this.#acted.length - 1] ?? this.selected;
    if (question) this.undo(question);
  }

  /** @param {string} question */
  async undo(question) {
    this.#acted = this.#acted.filter((each) => each !== question);
    const { rejected } = await this.#desk.give({ do: "undo", question }, { said: _("Undone."), about: question });
    if (!rejected) this.select(question);
  }

  /** @param {string} question @param {string} into */
  async merge(question, into) {
    const { rejected } = await this.#desk.give({ do: "merge", question, into });
    if (rejected) return;
    this.#acted = [...this.#acted.filter((each) => each !== question), question];
    this.#desk.did(_("The questions are merged, their votes united."), () => this.undo(question), question);
    this.select(into);
    this.#desk.focus(`[data-question="${into}"]`);
  }

  /** @param {string} question @param {boolean} on */
  pin(question, on) {
    void this.#desk.give({ do: "pin", question, on }, { slot: `pin/${question}` });
  }

  // Editing -------------------------------------------------------------------

  /** @param {string | null} id @param {Editing["what"]} [what] */
  edit(id, what = "wording") {
    const question = id ? this.#desk.page.store.get(`question/${id}`) : undefined;
    if (!id || !question?.text) return;
    this.selected = id;
    if (this.editing?.id !== id || this.editing.what !== what) this.#hold(begun(id, what, question));
    this.holding.at(id);
    this.#desk.focus(`.queue__edit ${what === "action" ? "input" : "textarea"}`);
  }

  /** @param {Partial<Editing>} change */
  write(change) {
    if (!this.editing) return;
    this.#hold({ ...this.editing, ...change, refusal: undefined });
    this.holding.at(this.editing.id); // again, when the page was loaded with the box open
    this.#desk.page.redraw();
  }

  stopEditing() {
    const id = this.editing?.id;
    this.#hold(null);
    this.holding.at(null);
    this.#desk.focus(`[data-question="${id}"]`);
  }

  /** What is in the box, kept also for the next load of this page. @param {Editing | null} editing */
  #hold(editing) {
    this.editing = editing;
    this.#desk.drafts.keep("question", editing);
  }

  /** As it was when the page was left. @param {Editing | undefined} draft */
  #takeUp(draft) {
    if (!draft || !this.#desk.page.store.get(`question/${draft.id}`)?.text) return;
    this.selected = draft.id;
    this.editing = { ...draft, sending: false, refusal: undefined };
  }

  /** The words stay in the box until the server has them. */
  async saveEdit() {
    const { editing } = this;
    if (!editing || editing.sending) return;
    const { id, what } = editing;
    this.editing = { ...editing, sending: true, refusal: undefined };
    this.#desk.page.redraw();
    const { rejected } = await this.#desk.give(written(editing), { beside: true });
    if (rejected) {
      const now = this.#desk.page.store.get(`question/${id}`);
      const was = now ? begun(id, what, now).was : editing.was; // seen now: saved again, it takes its place
      this.#hold({ ...editing, ...this.editing, was, sending: false, refusal: rejected });
      this.#desk.page.redraw();
      return;
    }
    if (what === "wording") this.#edited(id);
    else this.#desk.did(saved(editing));
    if (this.editing?.id === id) this.stopEditing();
  }

  /** @param {string} id */
  #edited(id) {
    this.#acted = [...this.#acted.filter((each) => each !== id), id];
    this.#desk.did(_("The wording is changed."), () => this.undo(id), id);
  }
}

/** @type {Record<Step, () => string>} */
const SAID = {
  approve: () => _("Everyone can see the question."),
  present: () => _("The question is on the screen."),
  answer: () => _("Marked as answered."),
  dismiss: () => _("The question is dismissed."),
  archive: () => _("The question is put away."),
};

/**
 * Those of a label, or all, as the desk works them; what everyone sees is still to be sorted.
 * @param {Row[]} rows @param {number | null} label
 * @returns {Groups}
 */
function grouped(rows, label) {
  /** @type {Groups} */
  const groups = { screen: [], pending: [], live: [], done: [] };
  for (const row of rows) {
    const [, { state, labels }] = row;
    if (label !== null && !labels?.includes(label)) continue;
    groups[PLACES[state]].push(row);
  }
  groups.pending = ordered(groups.pending, "waiting");
  groups.done.sort((a, b) => older(b, a));
  return groups;
}

/** Where the desk has them. @type {Record<Question["state"], keyof Groups>} */
const PLACES = {
  on_screen: "screen",
  pending: "pending",
  live: "live",
  answered: "done",
  dismissed: "done",
  archived: "done",
  merged: "done",
  withdrawn: "done",
};

/** The one after it, at the end the one before. @param {string[]} ids @param {string} id */
function neighbour(ids, id) {
  const index = ids.indexOf(id);
  return ids[index + 1] ?? ids[index - 1] ?? null;
}
