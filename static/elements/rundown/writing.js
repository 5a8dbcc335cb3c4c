/**
 * What is open for writing on the rundown page, one thing at a time: the choice of what
 * to put in, a poll, a notice, a break, or the notes of a slide. Part of Plan. What was
 * typed is kept until the server has it.
 *
 * `at` says where it is drawn: "+<item>" before an item, "+" at the end, "=<item>" in
 * the item's own row, "poll/<n>" in the list of spare polls.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").Item} Item
 * @typedef {import("../polls/editor.js").Draft} Draft
 * @typedef {import("../../protocol.d.ts").NoticeItem | import("../../protocol.d.ts").BreakItem} Words
 *
 * @typedef {{kind: "choose", at: string}} Choosing
 * @typedef {{kind: "slide", at: string}} Noting
 * @typedef {{kind: "poll", at: string, number: number | null, draft: Draft, sending: boolean, refusal?: string}} Composing
 * @typedef {{kind: "words", at: string, item: Words, refusal?: string}} Wording
 * @typedef {Choosing | Noting | Composing | Wording} Open
 */

import { _ } from "../../core/i18n.js";
import { randomId } from "../../core/outbox.js";
import { sentence } from "../../core/rejections.js";
import { changed, composed, draftOf, emptyDraft, isEmpty } from "../polls/editor.js";

const BREAK_MINUTES = 10; // what a break is mostly, and a start for the others

export class Writing {
  /** @type {Open | null} */
  open = null;
  /** Notes that are not with the server yet, by item. @type {Map<string, string>} */
  typed = new Map();

  #plan;

  /** @param {Plan} plan */
  constructor(plan) {
    this.#plan = plan;
  }

  /** What is open at a place. @param {string} at */
  isAt(at) {
    return this.open?.at === at ? this.open : null;
  }

  /** Opens an item's own row, or closes it. @param {Item} item */
  toggle(item) {
    const at = `=${item.id}`;
    if (this.isAt(at)) return this.close();
    switch (item.kind) {
      case "slide":
        return this.#show({ kind: "slide", at }, "textarea");
      case "poll":
        return this.composePoll(at, item.poll);
      case "notice":
      case "break":
        return this.#show({ kind: "words", at, item }, "textarea");
    }
  }

  /** The choice of what to put in. @param {string} at */
  choose(at) {
    if (this.isAt(at)) this.close();
    else this.#show({ kind: "choose", at }, "button");
  }

  /** @param {string} at */
  addNotice(at) {
    this.#show({ kind: "words", at, item: { kind: "notice", id: randomId(), text: "" } }, "textarea");
  }

  /** @param {string} at */
  addBreak(at) {
    const item = { kind: /** @type {const} */ ("break"), id: randomId(), text: _("Break"), minutes: BREAK_MINUTES };
    this.#show({ kind: "words", at, item }, "textarea");
  }

  /**
   * A new poll, or a draft to be changed; a poll that has been opened stays as it was.
   * @param {string} at
   * @param {number | null} [number]
   */
  composePoll(at, number = null) {
    const poll = number === null ? undefined : this.#plan.page.store.get(`poll/${number}`);
    if (poll && poll.state !== "draft") return this.#plan.toasts.say(sentence("poll_not_draft"));
    this.#show({ kind: "poll", at, number, draft: poll ? draftOf(poll) : emptyDraft(), sending: false }, "[name=title]");
  }

  /** @param {import("../polls/editor.js").Change} change */
  writePoll(change) {
    if (this.open?.kind === "poll") this.#write({ draft: changed(this.open.draft, change) });
  }

  /** @param {{text?: string, minutes?: number}} change */
  writeWords(change) {
    if (this.open?.kind === "words") this.#write({ item: /** @type {Words} */ ({ ...this.open.item, ...change }) });
  }

  /** Closes what is open; a poll that was typed can be brought back. */
  close() {
    const { open } = this;
    this.open = null;
    if (open?.kind === "poll" && open.number === null && !isEmpty(open.draft)) {
      this.#plan.did(_("Nothing was saved."), () => this.#show(open, "[name=title]"));
    }
    this.#plan.page.redraw();
    if (open?.at.startsWith("=")) this.#plan.focus(open.at.slice(1));
  }

  /** An item is taken out: what is open in its row closes. @param {string} id */
  forget(id) {
    if (this.isAt(`=${id}`)) this.open = null;
  }

  // Saving --------------------------------------------------------------------

  /** The poll that is open; a new one goes into the rundown where its editor stands. */
  async savePoll() {
    const { open } = this;
    if (open?.kind !== "poll" || open.sending) return;
    this.#write({ sending: true });
    const { number, draft, at } = open;
    const fields = composed(draft);
    const { made, rejected } = await this.#plan.give(
      number === null ? { do: "add_poll", ...fields } : { do: "edit_poll", poll: number, ...fields },
      { beside: true },
    );
    if (rejected) {
      this.#show({ ...open, refusal: rejected }, "[name=title]");
      return;
    }
    if (this.open?.at === at) this.open = null;
    if (number === null && made) this.#plan.placePoll(Number(made.replace("poll/", "")), at.slice(1) || null);
    else if (at.startsWith("=")) this.#plan.focus(at.slice(1));
    this.#plan.page.redraw();
  }

  /** The notice or break that is open. */
  async saveWords() {
    const { open } = this;
    if (open?.kind !== "words") return;
    const { item, at } = open;
    const changed = at.startsWith("=");
    this.open = null;
    const answer = this.#plan.give(
      { do: "place", item, ...(at.length > 1 ? { before: at.slice(1) } : {}) },
      { beside: true },
    );
    this.#plan.focus(item.id);
    const { rejected } = await answer;
    if (rejected) this.#show({ ...open, refusal: rejected }, "textarea");
    else if (!changed) this.#plan.did(_("Put into the rundown."), () => void this.#plan.give({ do: "unplace", item: item.id }));
  }

  /** @param {string} id @param {string} text */
  typeNotes(id, text) {
    this.typed.set(id, text);
  }

  /** Notes go to the server when they are left. @param {string} id */
  async saveNotes(id) {
    const text = this.typed.get(id);
    const item = this.#plan.item(id);
    if (text === undefined || item?.kind !== "slide") return;
    if (text.trim() === (item.notes ?? "")) {
      this.typed.delete(id);
      return;
    }
    const { rejected } = await this.#plan.place({ ...item, notes: text }, id);
    if (!rejected && this.typed.get(id) === text) this.typed.delete(id);
    this.#plan.page.redraw();
  }

  // Internal ------------------------------------------------------------------

  /** @param {Partial<Composing> | Partial<Wording>} change */
  #write(change) {
    if (this.open) this.open = /** @type {Open} */ ({ ...this.open, refusal: undefined, ...change });
    this.#plan.page.redraw();
  }

  /**
   * Shows it in place of whatever was open, with the focus on its first field.
   * @param {Open} open
   * @param {string} field
   */
  #show(open, field) {
    if (this.open && this.open.at !== open.at) this.close();
    this.open = open;
    const { page } = this.#plan;
    page.redraw();
    requestAnimationFrame(() => {
      const found = page.root.querySelector(`[data-open] ${field}`);
      /** @type {HTMLElement | null} */ (found)?.focus();
    });
  }
}
