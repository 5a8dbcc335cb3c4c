/**
 * Which questions at the desk ask nearly the same as an older one and could be merged with it. Part of Queue. It
 * looks when the page is idle, once for each wording: what comes later is the younger, and finds this one. It only
 * ever offers, and what somebody here has said are two questions is not offered again.
 *
 * @typedef {import("./queue.js").Row} Row
 * @typedef {import("../../../protocol.d.ts").QuestionDoc} Question
 */

import { Idle } from "../../../core/idle.js";
import { lasting } from "../../../core/lasting.js";
import { Likeness, SAME } from "../../../core/similar.js";

const OFFERED = 2; // with one question: more is a list to read
const AT_ONCE = 50; // texts taken in with one step

export class Doubles {
  #page;
  #likeness = new Likeness();
  /** What `#likeness` has. @type {[string, string][]} */
  #taken = [];
  /** @type {Map<string, {text: string, ids: string[]}>} */
  #found = new Map();
  /** Those that are to be looked at. @type {Set<string>} */
  #waiting = new Set();
  /** Pairs that are two questions. @type {Set<string>} */
  #apart = new Set();
  #idle = new Idle(() => this.#look());
  #texts = lasting((/** @type {Row[]} */ rows) => rows.flatMap(([id, each]) => wording(id, each)));

  /** @param {import("../../../core/page.js").Page} page */
  constructor(page) {
    this.#page = page;
  }

  /**
   * Older ones that ask nearly the same as one that waits or is seen, as far as they have been found.
   * @param {string} id @param {Question} question
   * @returns {Row[]}
   */
  of(id, question) {
    if (!question.text || !isOpen(question)) return [];
    const found = this.#found.get(id);
    if (found?.text !== question.text) {
      this.#waiting.add(id);
      this.#idle.ask();
    }
    const { store } = this.#page;
    const rows = (found?.ids ?? []).map((each) => /** @type {Row} */ ([each, store.get(`question/${each}`)]));
    return rows.filter(([other, older]) => older && isOpen(older) && !this.#apart.has(pair(id, other)));
  }

  /** They are two questions. @param {string} id @param {string} other */
  keepApart(id, other) {
    this.#apart.add(pair(id, other));
    this.#page.redraw();
  }

  /** One step: takes in some texts, or looks at one question. Gives whether there is more to do. */
  #look() {
    const { store } = this.#page;
    const texts = this.#texts(store.family("question"));
    if (texts !== this.#taken && !this.#likeness.keep(texts, AT_ONCE)) return true;
    this.#taken = texts;
    const [id] = this.#waiting;
    if (id === undefined) return false;
    this.#waiting.delete(id);
    const question = store.get(`question/${id}`);
    if (question?.text) this.#compare(id, question);
    return this.#waiting.size > 0;
  }

  /** @param {string} id @param {Question} question */
  #compare(id, question) {
    const { store } = this.#page;
    const text = question.text ?? "";
    const isOlder = (/** @type {string} */ each) => {
      const other = store.get(`question/${each}`);
      return !!other && before([each, other], [id, question]);
    };
    const ids = this.#likeness.near(text, { most: OFFERED, least: SAME, among: { has: isOlder } });
    this.#found.set(id, { text, ids });
    if (ids.length) this.#page.redraw();
  }
}

/** @param {Question} question */
const isOpen = ({ state }) => state === "pending" || state === "live" || state === "on_screen";

/** What there is to compare. @param {string} id @param {Question} question @returns {[string, string][]} */
const wording = (id, question) => (question.text && isOpen(question) ? [[id, question.text]] : []);

/** Of two the first to have been asked; of the same moment, one of them. @param {Row} a @param {Row} b */
const before = (a, b) => (a[1].at ?? 0) < (b[1].at ?? 0) || (a[1].at === b[1].at && a[0] < b[0]);

/** @param {string} a @param {string} b */
const pair = (a, b) => [a, b].sort().join(" ");
