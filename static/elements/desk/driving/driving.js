/**
 * Driving the slides: next, before, jump, blank, and who holds the drive. Part of
 * Desk. Where "next" starts from is the item asked for last, as long as its answer is
 * on the way: five quick presses go five items on, though nothing is shown before the
 * server says so.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../protocol.d.ts").RundownDoc["items"][number]} Item
 */

import { _ } from "../../../core/i18n.js";

const SETTLE_MS = 1_000; // the patch of a goto is here long before: after that, the docs alone count
const DIGITS = 3; // a deck has at most 500 pages

export class Driving {
  /** Digits typed so far: the slide that Enter goes to. */
  typed = "";
  /** Requests that this driver does not want to see any more. @type {Set<string>} */
  ignored = new Set();

  #desk;
  /** Answered, but perhaps not yet in the docs. @type {{item: string, until: number} | null} */
  #reached = null;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  // Where we are --------------------------------------------------------------

  /** What can be brought on stage: all but the polls that were put away. @returns {Item[]} */
  items() {
    const { store } = this.#desk.page;
    const items = store.get("rundown")?.items ?? [];
    return items.filter((item) => item.kind !== "poll" || !store.get(`poll/${item.poll}`)?.removed);
  }

  /** The item from which one goes on. @returns {string | null | undefined} */
  position() {
    const { store, outbox } = this.#desk.page;
    const asked = outbox.pending("goto")?.command;
    if (asked?.do === "goto") return asked.item;
    const current = store.get("rundown")?.current;
    if (this.#reached && (this.#reached.item === current || Date.now() > this.#reached.until)) this.#reached = null;
    return this.#reached?.item ?? current;
  }

  /** The item that was asked for and is not on stage yet. @returns {Item | undefined} */
  coming() {
    const position = this.position();
    if (position === this.#desk.page.store.get("rundown")?.current) return undefined;
    return this.items().find((item) => item.id === position);
  }

  /**
   * The item some steps away, or undefined at either end.
   * @param {number} step
   * @param {string | null} [from]
   */
  away(step, from = this.position()) {
    const items = this.items();
    const index = items.findIndex((item) => item.id === from);
    return index < 0 ? (step > 0 ? items[0] : undefined) : items[index + step];
  }

  get blank() {
    const asked = this.#desk.page.outbox.pending("blank")?.command;
    return asked?.do === "blank" ? asked.on : this.#desk.page.cue()?.overlay?.kind === "blank";
  }

  /** The item of the slide whose number is typed. */
  typedItem() {
    const { store } = this.#desk.page;
    const number = Number(this.typed);
    return this.items().find(
      (item) => item.kind === "slide" && store.get(`slide/${item.slide}`)?.number === number,
    );
  }

  // Moving --------------------------------------------------------------------

  /** @param {number} step */
  go(step) {
    const item = this.away(step);
    if (!this.items().length) this.#desk.toasts.say(_("No slide yet"));
    else if (!item) this.#desk.toasts.say(step > 0 ? _("This is the end of the rundown.") : _("This is the first item."));
    else this.to(item.id);
  }

  /** To the first or the last item. @param {"first" | "last"} which */
  edge(which) {
    const items = this.items();
    const item = which === "first" ? items[0] : items[items.length - 1];
    if (item) this.to(item.id);
  }

  /** A leap, which a slip of the finger makes as easily as a wish, has a way back. @param {string} item */
  async to(item) {
    this.type("");
    if (!this.#mayDrive()) return;
    const from = this.position();
    const { rejected } = await this.#desk.give({ do: "goto", item }, { lasting: false, slot: "goto" });
    if (rejected) return;
    this.#reached = { item, until: Date.now() + SETTLE_MS };
    const said = _("Now on stage: {n} of {all}", { n: this.#place(item) + 1, all: this.items().length });
    if (from && this.#place(from) >= 0 && Math.abs(this.#place(item) - this.#place(from)) > 1)
      this.#desk.did(said, () => void this.to(from), "goto");
  }

  /** @param {string} item */
  #place(item) {
    return this.items().findIndex((each) => each.id === item);
  }

  turnBlank() {
    if (!this.#mayDrive()) return;
    void this.#desk.give({ do: "blank", on: !this.blank }, { lasting: false, slot: "blank" });
  }

  /** @param {string} digits */
  type(digits) {
    this.typed = digits.slice(-DIGITS);
    this.#desk.page.redraw();
  }

  /** Enter after digits. */
  jump() {
    const item = this.typedItem();
    const number = Number(this.typed);
    if (item) void this.to(item.id);
    else this.#desk.toasts.say(_("Slide {n} is not in the rundown.", { n: number }), { tone: "danger" });
    this.type("");
  }

  // Who drives ----------------------------------------------------------------

  /** @returns {import("../../../protocol.d.ts").DriverDoc} */
  get doc() {
    return this.#desk.page.store.get("driver") ?? {};
  }

  get me() {
    return this.#desk.page.store.you?.participant;
  }

  get mine() {
    return !!this.me && this.doc.driver === this.me;
  }

  /** Whether keys and clicker go to another window, while this one drives. A finger needs no window to be in front. */
  get unheard() {
    return this.mine && this.#desk.live && !document.hasFocus() && matchMedia("(hover: hover)").matches;
  }

  /** Who has the drive, and are they there? */
  get driver() {
    const id = this.doc.driver;
    if (!id) return null;
    return { id, name: this.#desk.name(id), here: this.#desk.page.store.get(`person/${id}`)?.here ?? false };
  }

  get requested() {
    return (this.doc.requests ?? []).includes(this.me ?? "");
  }

  /** Those who ask the driver, that is me, to hand over. */
  requests() {
    return this.mine ? (this.doc.requests ?? []).filter((each) => !this.ignored.has(each)) : [];
  }

  /** What to offer somebody who does not drive: lecturers take it, moderators ask while the driver is there. */
  offer() {
    const { driver } = this;
    const head = this.#desk.page.store.you?.role !== "moderator";
    return head || !driver?.here ? "take" : "request";
  }

  takeOrRequest() {
    if (this.mine) return;
    if (this.offer() === "take") this.take();
    else this.request();
  }

  take() {
    void this.#desk.give({ do: "take_drive" }, { lasting: false });
  }

  request() {
    void this.#desk.give({ do: "request_drive" }, { lasting: false, said: _("The drive is requested.") });
  }

  /** @param {string} to */
  hand(to) {
    void this.#desk.give({ do: "hand_drive", to }, { lasting: false });
  }

  release() {
    void this.#desk.give({ do: "release_drive" }, { lasting: false });
  }

  /** @param {string} participant */
  ignore(participant) {
    this.ignored.add(participant);
    this.#desk.page.redraw();
  }

  /** Is there any use in sending it? If not, a gentle word and the way to the drive. */
  #mayDrive() {
    if (!this.#desk.live) {
      this.#desk.toasts.say(_("The broadcast is not running now."), { about: "phase" });
      return false;
    }
    if (this.mine) return true;
    const { driver } = this;
    const text = driver ? _("{name} drives.", { name: driver.name }) : _("Nobody drives.");
    const name = this.offer() === "take" ? _("Take the drive") : _("Request the drive");
    this.#desk.toasts.say(text, { act: { name, run: () => this.takeOrRequest() } });
    return false;
  }
}
