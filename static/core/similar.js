/**
 * Which questions ask nearly the same: for the asker while typing, so that an upvote
 * does instead, and for the desk, which may merge them. Compared by the pieces that
 * texts share: characters and pairs of them in Chinese, threes of letters in a word elsewhere;
 * what stands in many questions ("what", "请问") counts little. It runs in the page,
 * where all these texts are anyway: what somebody types leaves the phone when it is
 * sent and not before. It only ranks suggestions and decides nothing.
 */

const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{M}\p{N}]+/gu;
const DENSE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u; // no spaces between words
const LEAST = 0.5; // from here on two texts ask nearly the same: tried on the pairs of the test
const PIECES = 4; // a text of fewer pieces is like everything

/** The pieces of a text. @param {string} text @returns {Set<string>} */
export function pieces(text) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const [word] of text.normalize("NFKC").toLowerCase().matchAll(WORDS)) {
    const size = DENSE.test(word) ? 2 : 3;
    const letters = [...(size === 2 ? word : ` ${word} `)];
    if (size === 2) for (const letter of letters) found.add(letter); // so that a changed order is the same
    for (let at = 0; at + size <= letters.length; at++) found.add(letters.slice(at, at + size).join(""));
  }
  return found;
}

export class Likeness {
  /** @type {Map<string, {text: string, pieces: Set<string>}>} */
  #texts = new Map();
  /** In which texts a piece stands. @type {Map<string, Set<string>>} */
  #places = new Map();

  /** These texts and no others. @param {[string, string][]} texts  as [id, text] */
  keep(texts) {
    const wanted = new Set(texts.map(([id]) => id));
    for (const id of [...this.#texts.keys()]) if (!wanted.has(id)) this.#drop(id);
    for (const [id, text] of texts) {
      if (this.#texts.get(id)?.text === text) continue;
      this.#drop(id);
      this.#add(id, text);
    }
  }

  /**
   * The ids of those that are nearly the same, nearest first.
   * @param {string} text
   * @param {{most?: number, among?: {has: (id: string) => boolean}}} [how]
   */
  near(text, { most = 3, among } = {}) {
    const asked = pieces(text);
    if (asked.size < PIECES) return [];
    const whole = this.#weight(asked);
    return [...this.#common(asked)]
      .filter(([id, shared]) => (!among || among.has(id)) && shared >= LEAST * whole * 0.5)
      .map(([id, shared]) => ({ id, score: this.#score(id, shared, whole) }))
      .filter(({ score }) => score >= LEAST)
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ id }) => id);
  }

  // Internal ------------------------------------------------------------------

  /** How much weight each text shares with these pieces. @param {Set<string>} asked */
  #common(asked) {
    /** @type {Map<string, number>} */
    const shared = new Map();
    for (const piece of asked) {
      const weight = this.#worth(piece);
      for (const id of this.#places.get(piece) ?? []) shared.set(id, (shared.get(id) ?? 0) + weight);
    }
    return shared;
  }

  /**
   * Half of it says how much of the shorter is in the longer: a text that is still being
   * typed is a part of what it will be. @param {string} id @param {number} shared @param {number} whole
   */
  #score(id, shared, whole) {
    const other = this.#weight(/** @type {{pieces: Set<string>}} */ (this.#texts.get(id)).pieces);
    return shared / (whole + other) + shared / (2 * Math.min(whole, other));
  }

  /** @param {Set<string>} asked */
  #weight(asked) {
    let sum = 0;
    for (const piece of asked) sum += this.#worth(piece);
    return sum;
  }

  /** The rarer, the more. @param {string} piece */
  #worth(piece) {
    return Math.log(2 + this.#texts.size / (1 + (this.#places.get(piece)?.size ?? 0)));
  }

  /** @param {string} id @param {string} text */
  #add(id, text) {
    const found = pieces(text);
    this.#texts.set(id, { text, pieces: found });
    for (const piece of found) {
      const places = this.#places.get(piece);
      if (places) places.add(id);
      else this.#places.set(piece, new Set([id]));
    }
  }

  /** @param {string} id */
  #drop(id) {
    for (const piece of this.#texts.get(id)?.pieces ?? []) {
      const places = this.#places.get(piece);
      places?.delete(id);
      if (!places?.size) this.#places.delete(piece);
    }
    this.#texts.delete(id);
  }
}
