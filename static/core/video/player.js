/**
 * The player: one <video>, and which of its frames is on screen. A source (player-hls.js,
 * player-file.js) fills it; the pane draws its controls and calls play, pause, seek; the
 * media clock reads `frame` and `map`. A frame counts when it is presented; where nobody is
 * told of that (a hidden tab, an old browser) the video's own position must do.
 *
 * @typedef {"loading" | "refused" | "playing" | "waiting" | "paused" | "ended" | "dead"} PlayState
 *   refused = the browser wants a tap first; dead = it should play and nothing comes
 * @typedef {import("./media-map.js").FrameMap} FrameMap
 *
 * @typedef {object} Playing  what media.js and the pane see, of this player and of the virtual one
 * @property {PlayState} state
 * @property {number | undefined} frame     s, of the frame on screen
 * @property {number | undefined} expected  s, where a video that has not begun will begin
 * @property {FrameMap | null} map
 * @property {number} rate
 * @property {() => Span | undefined} span  what one can seek in
 * @property {() => void} play
 * @property {() => void} pause
 * @property {(seconds: number) => void} seek
 *
 * @typedef {{from: number, to: number, live: boolean}} Span  s; `to` of a live one is where "live" is
 *
 * @typedef {object} Source  what fills the video
 * @property {FrameMap | null} map
 * @property {() => Span | undefined} span
 * @property {() => void} close
 * @property {() => void} retry  try again now, rather than later
 * @property {(on: boolean) => void} [captions]
 *
 * @typedef {{trouble: (code: string) => void, changed: () => void, anew: () => void}} Told
 *   what a source says: something is wrong; its span or map is another; the video begins anew
 */

import { CatchUp } from "./player-catchup.js";

const TICK_MS = 250; // readings when no frame is told of, and the watch over a video that stands still
const QUIET_MS = 700; // no frame was told of for that long: the tab is hidden, or there is only sound
const APART_S = 0.5; // the position is that far from the last frame: it has gone on without us
const AWAY_MS = 5_000; // nobody looked for that long: the device slept, and what stood then is not dead
const STILL_MS = 12_000; // it should play and stands for that long: it is dead …
const STILL_WRONG_MS = 3_000; // … and for that long when the source has said what is wrong

export class Player {
  /** @type {HTMLVideoElement} */
  video;
  /** @type {PlayState} */
  state = "loading";
  /** @type {number | undefined} */
  frame;
  /** What is wrong, as a code of elements/video/trouble.js, or nothing. */
  trouble = "";
  /** Another frame is on screen: called in the very step in which the browser draws it. */
  onFrame = () => {};
  /** Something that the controls show is different. */
  onChange = () => {};

  /** @type {Source | null} */
  #source = null;
  #clock;
  #wanted = true; // should it play, as far as the viewer goes?
  #told = -Infinity; // when the browser last told of a frame
  #moved; // when the frame last changed
  #looked = -Infinity;
  /** Must it keep to the pace of the hall? Set by the page. */
  steady = () => false;
  #catchUp = new CatchUp();
  #deaf; // an old browser: nobody tells of frames

  /**
   * @param {HTMLVideoElement} video
   * @param {() => number} [clock]  ms, only rising
   */
  constructor(video, clock = () => performance.now()) {
    this.video = video;
    this.#clock = clock;
    this.#moved = clock();
    this.#deaf = !video.requestVideoFrameCallback;
    video.playsInline = true;
    this.#listen();
  }

  /**
   * Plays from this source, instead of the one before; or waits to be told to, where the viewer begins.
   * @param {(video: HTMLVideoElement, told: Told) => Source} open @param {{begin?: boolean}} [how]
   */
  open(open, { begin = true } = {}) {
    this.close();
    this.#catchUp.begin();
    this.#wanted = begin;
    this.state = "loading";
    this.#moved = this.#clock();
    this.#source = open(this.video, {
      trouble: (code) => this.#wrong(code),
      changed: () => this.onChange(),
      anew: () => this.#anew(),
    });
    if (begin) void this.#begin();
  }

  close() {
    this.#source?.close();
    this.#source = null;
    this.frame = undefined;
    this.trouble = "";
  }

  get map() {
    return this.#source?.map ?? null;
  }

  get expected() {
    return this.frame ?? this.span()?.to;
  }

  span() {
    return this.#source?.span();
  }

  /** How far behind the newest of a live stream, s; undefined where there is nothing newer to go to. */
  get late() {
    const span = this.span();
    return span?.live && this.frame !== undefined ? Math.max(0, span.to - this.frame) : undefined;
  }

  play() {
    this.#wanted = true;
    this.#moved = this.#clock();
    if (this.state === "dead") this.#source?.retry();
    void this.#begin();
  }

  pause() {
    this.#wanted = false;
    this.#leave();
    this.video.pause();
  }

  /** @param {number} seconds */
  seek(seconds) {
    const span = this.span();
    this.video.currentTime = span ? Math.min(span.to, Math.max(span.from, seconds)) : seconds;
    this.#moved = this.#clock();
    this.#leave();
  }

  /** To the newest of a live stream, and on from there. */
  toLive() {
    const span = this.span();
    if (span) this.seek(span.to);
    this.#catchUp.begin();
    this.play();
  }

  /** Whether it plays a little faster, to be where it was before the network held it up. */
  get catchingUp() {
    return this.#catchUp.rate > 1;
  }

  get rate() {
    return this.video.playbackRate;
  }

  set rate(rate) {
    this.video.playbackRate = rate;
  }

  /** Whether the sound is off because the browser wanted it so, not the viewer. */
  silenced = false;

  /** @param {boolean} on */
  captions(on) {
    this.#source?.captions?.(on);
    this.onChange();
  }

  // Starting ------------------------------------------------------------------

  /** The video was taken away and comes again, with another count of seconds. */
  #anew() {
    this.frame = undefined;
    this.#leave();
    this.#catchUp.begin();
    if (this.#wanted) void this.#begin();
  }

  /** With sound if the browser lets us, else without, else not before a tap. */
  async #begin() {
    if (await this.#tryToPlay()) return;
    if (!this.video.muted) {
      this.video.muted = true;
      this.silenced = true;
      if (await this.#tryToPlay()) return;
      this.video.muted = false;
      this.silenced = false;
    }
    this.#wanted = false;
    this.#become("refused");
  }

  /** False: the browser refuses. A source that fails is another matter, and says so itself. */
  async #tryToPlay() {
    try {
      await this.video.play();
      return true;
    } catch (error) {
      return /** @type {Error} */ (error).name !== "NotAllowedError";
    }
  }

  // Frames --------------------------------------------------------------------

  #listen() {
    const { video } = this;
    for (const name of ["timeupdate", "seeked", "ended", "waiting", "playing", "pause", "play"]) {
      video.addEventListener(name, () => this.look());
    }
    for (const name of ["volumechange", "ratechange", "durationchange", "enterpictureinpicture", "leavepictureinpicture"]) {
      video.addEventListener(name, () => this.onChange());
    }
    document.addEventListener("visibilitychange", () => this.#seen());
    setInterval(() => this.look(), TICK_MS);
    if (!this.#deaf) this.#hear();
  }

  #hear() {
    this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
      this.#hear();
      if (!this.#source) return;
      this.#told = this.#clock();
      this.#show(mediaTime);
    });
  }

  /** Somebody looks at the page again, or away: a browser may have paused what nobody saw. */
  #seen() {
    this.look();
    if (document.visibilityState === "visible" && this.#wanted && this.video.paused && this.#source) void this.#begin();
  }

  /** Where is it, and does it go on? Asked by every event and a timer, with no frame at hand. */
  look() {
    if (!this.#source) return;
    const { video } = this;
    const now = this.#clock();
    if (now - this.#looked > AWAY_MS) this.#moved = now;
    this.#looked = now;
    const begun = video.readyState >= 2 && (this.frame !== undefined || !video.paused); // a picture is there
    const quiet = now - this.#told > QUIET_MS;
    const apart = Math.abs(video.currentTime - (this.frame ?? -Infinity)) > APART_S;
    if (begun && !video.seeking && (this.#deaf || (quiet && apart))) this.#show(video.currentTime);
    this.#become(this.#stateNow());
    this.#keepUp();
  }

  /** Of the rate it says nothing but where there is something to catch up with. */
  #keepUp() {
    const before = this.#catchUp.rate;
    const moves = this.state === "playing" && !this.steady();
    const rate = this.#catchUp.look(moves ? this.late : undefined, ahead(this.video));
    if (rate !== before) this.rate = rate;
  }

  /** The viewer is where he wants to be. */
  #leave() {
    if (this.catchingUp) this.rate = 1;
    this.#catchUp.leave();
  }

  /** @param {number} seconds */
  #show(seconds) {
    if (seconds === this.frame) return;
    this.frame = seconds;
    this.#moved = this.#clock();
    this.trouble = "";
    if (!this.video.paused) this.#become("playing");
    this.onFrame();
  }

  /** @returns {PlayState} */
  #stateNow() {
    const { video } = this;
    if (video.ended) return "ended";
    const still = this.#clock() - this.#moved;
    if (this.#wanted && still > (this.trouble ? STILL_WRONG_MS : STILL_MS)) return "dead";
    if (this.state === "refused" && video.paused) return "refused";
    if (video.paused && !this.#wanted) return "paused";
    if (this.frame === undefined) return this.state === "dead" ? "dead" : "loading";
    if (this.state === "dead") return "dead"; // until another frame comes
    return still > 2 * TICK_MS ? "waiting" : "playing";
  }

  /** @param {string} code */
  #wrong(code) {
    this.trouble = code;
    if (this.frame === undefined) this.#become("dead");
    this.onChange();
  }

  /** @param {PlayState} state */
  #become(state) {
    if (state === "dead") this.trouble ||= "stalled";
    if (this.state === state) return;
    this.state = state;
    this.onChange();
  }
}

/** How much of what comes is there already, s. @param {HTMLVideoElement} video */
function ahead({ buffered, currentTime }) {
  for (let range = 0; range < buffered.length; range++) {
    if (buffered.start(range) <= currentTime && currentTime <= buffered.end(range)) return buffered.end(range) - currentTime;
  }
  return 0;
}
