/**
 * What can wait until the page has nothing else to do, in slices so small that nobody who taps waits for one.
 * Whoever asks twice before it is done is served once. Used where thousands of questions are looked through.
 */

const SLICE_MS = 8; // half a frame
const SOON_MS = 50; // where a browser (Safari) does not say when it is idle

/** @param {() => void} doing */
const soon = (doing) =>
  typeof requestIdleCallback === "function" ? requestIdleCallback(doing, { timeout: 500 }) : setTimeout(doing, SOON_MS);

export class Idle {
  #step;
  #asked = false;

  /** @param {() => boolean} step  does a little; gives whether there is more */
  constructor(step) {
    this.#step = step;
  }

  /** There is something to do. */
  ask() {
    if (this.#asked) return;
    this.#asked = true;
    soon(() => this.#work());
  }

  #work() {
    const until = performance.now() + SLICE_MS;
    let more = true;
    while (more && performance.now() < until) more = this.#step();
    this.#asked = false;
    if (more) this.ask();
  }
}
