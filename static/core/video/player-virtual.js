/**
 * A player without a video: time that goes on, can stand, be sought and run faster. It has
 * the face of Player, so that a replay without a recording is driven by the same pane and
 * read by the same media clock. Its seconds count from `from`, a wall-clock moment.
 *
 * @typedef {import("./player.js").Playing} Playing
 */

import { LineMap } from "./media-map.js";

const TICK_MS = 250; // in a hidden tab; else it moves with every drawing of the browser

/** @implements {Playing} */
export class VirtualPlayer {
  /** @type {import("./player.js").PlayState} */
  state = "paused";
  map;
  onFrame = () => {};
  onChange = () => {};

  #length;
  #clock;
  #rate = 1;
  #frame = 0;
  #read;

  /**
   * @param {number} from  wall ms of its first moment
   * @param {number} to
   * @param {() => number} [clock]  ms, only rising
   */
  constructor(from, to, clock = () => performance.now()) {
    this.map = new LineMap(0, from);
    this.#length = Math.max(0, (to - from) / 1000);
    this.#clock = clock;
    this.#read = clock();
    setInterval(() => this.look(), TICK_MS);
  }

  get frame() {
    return this.#frame;
  }

  get expected() {
    return this.#frame;
  }

  get rate() {
    return this.#rate;
  }

  set rate(rate) {
    this.look();
    this.#rate = rate;
    this.onChange();
  }

  span() {
    return { from: 0, to: this.#length, live: false };
  }

  play() {
    if (this.state === "ended") this.#frame = 0;
    this.#become("playing");
    this.#run();
  }

  pause() {
    this.look();
    this.#become("paused");
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.look();
    this.#frame = Math.min(this.#length, Math.max(0, seconds));
    if (this.state === "ended") this.#become("paused");
    this.onFrame();
    this.onChange();
  }

  /** Moves to where the time is now. */
  look() {
    const now = this.#clock();
    const passed = now - this.#read;
    this.#read = now;
    if (this.state !== "playing") return;
    this.#frame = Math.min(this.#length, this.#frame + (passed / 1000) * this.#rate);
    this.onFrame();
    if (this.#frame >= this.#length) this.#become("ended");
  }

  #run() {
    requestAnimationFrame(() => {
      this.look();
      if (this.state === "playing") this.#run();
    });
  }

  /** @param {import("./player.js").PlayState} state */
  #become(state) {
    if (this.state === state) return;
    if (state === "playing") this.#read = this.#clock();
    this.state = state;
    this.onChange();
  }
}
