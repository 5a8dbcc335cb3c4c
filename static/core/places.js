/**
 * Places for words that come in while one looks: a word stands where it stood, and a new one comes behind those
 * that are there. Of words that are all new the order is that of the alphabet. It remembers and draws nothing.
 */

export class Places {
  /** Word → its place among all that were ever seen here. @type {Map<string, number>} */
  #known = new Map();

  /**
   * The same words, in their order.
   * @template {{text: string}} T
   * @param {readonly T[]} words
   * @returns {T[]}
   */
  of(words) {
    const fresh = words.filter(({ text }) => !this.#known.has(text)).map(({ text }) => text);
    for (const text of fresh.sort()) this.#known.set(text, this.#known.size);
    const place = (/** @type {T} */ { text }) => this.#known.get(text) ?? 0;
    return [...words].sort((a, b) => place(a) - place(b));
  }
}
