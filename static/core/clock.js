/**
 * The server's time, as this page knows it. Each pulse gives one sample: our time
 * when we asked, the server's time, our time when the answer came; the sample with
 * the shortest way there and back is the truest. Views ask now(), the link feeds
 * samples. It sets no timer and never asks the network itself.
 */

const SAMPLES = 8; // pulses come every 20 s: what we know is at most 160 s old
const STEP_MS = 1_500; // a sample this far off means that a clock was set: start again
const FIRST_RTT_MS = 4_000; // the first frame's way is unknown: any pulse is better

export class Clock {
  /** @type {{offset: number, rtt: number}[]} */
  #samples = [];
  #offset = 0;
  #read;

  /** @param {() => number} read this device's wall clock, ms */
  constructor(read = Date.now) {
    this.#read = read;
  }

  /** The server's wall clock, ms. */
  now() {
    return this.#read() + this.#offset;
  }

  /** This device's own clock: what a pulse carries as `t`. */
  local() {
    return this.#read();
  }

  /**
   * One pulse answered: asked at `t` (our clock), the server said `now`.
   * @param {number} t
   * @param {number} now
   */
  sample(t, now) {
    const back = this.#read();
    const rtt = Math.max(0, back - t);
    this.#add({ offset: now - (t + back) / 2, rtt });
  }

  /**
   * A frame written at `now` by the server, on its way for an unknown time.
   * @param {number} now
   */
  hint(now) {
    if (this.#samples.length === 0) this.#add({ offset: now - this.#read(), rtt: FIRST_RTT_MS });
    this.floor(now);
  }

  /**
   * It is at least `at` on the server, since it told us of it: what it says
   * happens now is never shown late because our clock is behind.
   * @param {number} at
   */
  floor(at) {
    const behind = at - this.now();
    if (behind > 0) this.#offset += behind;
  }

  /** @param {{offset: number, rtt: number}} sample */
  #add(sample) {
    const best = this.#best();
    if (best && Math.abs(sample.offset - best.offset) > STEP_MS + (sample.rtt + best.rtt) / 2) {
      this.#samples = [];
    }
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#offset = this.#best()?.offset ?? sample.offset;
  }

  #best() {
    return this.#samples.reduce(
      (best, each) => (best && best.rtt <= each.rtt ? best : each),
      /** @type {{offset: number, rtt: number} | undefined} */ (undefined),
    );
  }
}
