/**
 * What was played of a replay, for the record of those who make a broadcast up: moments of the broadcast, as
 * far as they went by while the page was in front, and which polls were tried (not how). It is sent now and
 * then; what does not arrive is sent again, and the server counts every moment once.
 *
 * @typedef {[number, number]} Span  from … until, ms
 */

const EVERY_MS = 30_000;
const GAP_MS = 1_500; // a step in time that is longer is a jump: what lies between was not played

export class Watched {
  /** @type {Span[]} */
  #spans = [];
  /** @type {Set<string>} */
  #tried = new Set();
  #address;
  #told;
  #sent = 0;
  #changed = false;

  /**
   * @param {string} address  where it is sent to
   * @param {(played: number) => void} [told]  is told how much is kept, ms
   */
  constructor(address, told) {
    this.#address = address;
    this.#told = told;
    addEventListener("pagehide", () => this.send({ leaving: true }));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.send());
  }

  /** At `wall` this was seen, after what was seen before. @param {number} wall @param {number} [now] this device's clock, ms */
  see(wall, now = Date.now()) {
    if (document.visibilityState !== "visible") return;
    const at = Math.round(wall);
    const last = this.#spans.at(-1);
    if (last && at >= last[1] && at - last[1] < GAP_MS) last[1] = at;
    else this.#spans.push([at, at]);
    this.#changed = true;
    if (now - this.#sent > EVERY_MS) this.send({ now });
  }

  /** A poll was answered. @param {number} poll @param {number} round */
  tried(poll, round) {
    this.#tried.add(`${poll}/${round}`);
    this.#changed = true;
  }

  /** @param {{leaving?: boolean, now?: number}} [how] */
  send({ leaving = false, now = Date.now() } = {}) {
    if (!this.#changed) return;
    this.#sent = now;
    this.#changed = false;
    const spans = this.#spans.filter(([from, until]) => from < until);
    const body = JSON.stringify({ played: spans, tried: [...this.#tried] });
    // What is under way goes on where it is; the rest is forgotten once it is known to have arrived.
    const last = this.#spans.at(-1);
    this.#spans = last ? [[last[1], last[1]]] : [];
    void this.#post(body, leaving).then((kept) => {
      if (!kept) this.#spans.unshift(...spans);
    });
  }

  /** Whether it needs not be sent again. @param {string} body @param {boolean} leaving */
  async #post(body, leaving) {
    const headers = { "Content-Type": "application/json" };
    try {
      const answer = await fetch(this.#address, { method: "POST", headers, body, keepalive: leaving });
      if (answer.ok && this.#told) this.#told((await answer.json()).played_ms);
      return answer.status < 500;
    } catch {
      return false;
    }
  }
}
