/**
 * The viewer's side of a replay: which list is beside it, what is searched, which picture is large, and what
 * is chosen in a poll but not answered yet. The replay's elements read it and change it; it draws nothing.
 *
 * @typedef {"slides" | "polls" | "questions"} List
 * @typedef {"slide" | "video" | "both"} Layout
 * @typedef {import("../../ballots/options.js").Choice} Choice
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 */

import { ClockTool } from "./clock.js";

/** @type {Layout[]} */
const LAYOUTS = ["slide", "both", "video"];

export class Watching {
  /** @type {List} */
  list = "slides";
  query = "";
  /** @type {Layout} */
  layout = "slide";
  /** The settings of the player are open. */
  settings = false;
  help = false;
  /** The place under the pointer on the timeline, s. @type {number | null} */
  pointed = null;
  /** By poll and round. @type {Map<string, Choice>} */
  choosing = new Map();

  #replay;

  /** @param {Replay} replay */
  constructor(replay) {
    this.#replay = replay;
    this.clock = new ClockTool(replay);
    this.resumed = replay.tries.place > 0 && replay.tries.place < replay.length ? replay.tries.place : 0;
    if (this.resumed) replay.seek(this.resumed);
  }

  /** @param {Partial<Pick<Watching, "list" | "query" | "layout" | "settings" | "help" | "pointed" | "resumed">>} change */
  set(change) {
    Object.assign(this, change);
    this.#replay.redraw();
  }

  /** The next picture becomes the large one. */
  swap() {
    this.set({ layout: LAYOUTS[(LAYOUTS.indexOf(this.layout) + 1) % LAYOUTS.length] ?? "slide" });
  }

  /** @param {number} poll @param {number} round @param {Choice} choice */
  choose(poll, round, choice) {
    this.choosing.set(`${poll}/${round}`, choice);
    this.#replay.redraw();
  }

  /** The answer is given, as far as this browser goes; null: it is taken back. @param {number} poll @param {number} round @param {Choice | null} choice */
  answer(poll, round, choice) {
    this.#replay.tries.keep(poll, round, choice);
    if (choice) {
      this.choosing.delete(`${poll}/${round}`);
      this.#replay.watched?.tried(poll, round);
    }
    this.#replay.redraw();
  }
}
