/**
 * When to try again: after 1 s, 2, 4 … up to half a minute, each with some chance in it, so
 * that a whole audience does not come back at once; and at once when the network is back.
 * Used by the sources of a player.
 */

const BASE_MS = 1_000;
const CAP_MS = 30_000;

export class Backoff {
  #again;
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  #online = () => void (this.#timer !== undefined && this.now());

  /** @param {() => void} again */
  constructor(again) {
    this.#again = again;
    addEventListener("online", this.#online);
  }

  /** Try again in a while, unless that is planned already. */
  later() {
    if (this.#timer !== undefined) return;
    const span = Math.min(CAP_MS, BASE_MS * 2 ** this.#tries);
    this.#tries += 1;
    this.#timer = setTimeout(() => this.now(), span * (0.5 + Math.random() / 2));
  }

  now() {
    this.#stop();
    this.#again();
  }

  /** All is well: the next failure is the first. */
  reset() {
    this.#stop();
    this.#tries = 0;
  }

  /** Never again. */
  end() {
    this.#stop();
    removeEventListener("online", this.#online);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
