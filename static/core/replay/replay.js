/**
 * The replay: a player, the moment in the broadcast that it shows, and what there is around it. It stands
 * where Page stands on the other pages: views read `store`, now(), media() and cue(), and are drawn in the
 * very frame with which something changes. It has no link and no outbox: nothing of it reaches the server.
 *
 * @typedef {import("../video/player.js").Playing & {onFrame: () => void, onChange: () => void}} Player
 * @typedef {import("../docs.d.ts").Recording} Recording
 * @typedef {import("./marks.js").Mark} Mark
 */

import { nothing, render } from "lit-html";
import { lastOf, lastIndex } from "../timeline.js";
import { PartsMap, Shifted, knownParts, liveTime } from "./map.js";
import { marksOf } from "./marks.js";
import { pollThen } from "./polls.js";
import { Tries } from "./tries.js";
import { Watched } from "./watched.js";
import { Timeline } from "../timeline.js";
import { pictureOf } from "../pictures.js";

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const STEP_MS = 250; // how often the hand on the timeline moves
const KEEP_S = 5; // how far the place that is kept may be behind
const JUMP_S = 2; // a longer way from one frame to the next is a jump, not time that went by
const AHEAD = 2; // slides whose pictures are loaded before they come
const LEAD_S = 1; // after a wait that was skipped, that much is left before something happens

export class Replay {
  store;
  timeline;
  recording;
  tries;
  slug;
  /** Waits longer than that are skipped, s; 0: none. */
  skipping = 0;
  /** Stop when a poll opens that was not tried yet. */
  stopping = false;

  #player;
  #length;
  #root;
  #asked = false;
  #drawn = "";
  #seen = 0; // where the player was at the last frame, s
  #jumping = false;
  #view = () => /** @type {unknown} */ (nothing);
  /** @type {{map: unknown, marks: Mark[]} | null} */
  #marks = null;

  /**
   * @param {{store: import("../store.js").Store, slug: string, root: HTMLElement, storage: Storage,
   *          player: (length: number) => Player}} given  player: makes it; length: the live time, s
   */
  constructor({ store, slug, root, storage, player }) {
    this.store = store;
    this.slug = slug;
    this.#root = root;
    this.timeline = new Timeline(store);
    this.recording = /** @type {Recording} */ (store.get("recording"));
    this.live = liveTime(this.recording.spans, Date.now());
    this.#length = this.live.length;
    this.watched = this.recording.recorded ? new Watched(`/b/${slug}/replay/watched`, (ms) => this.#keeps(ms)) : null;
    this.played = this.recording.played_ms; // what is on record of this viewer
    this.tries = new Tries(`live:replay:${slug}:${store.you?.participant ?? ""}`, storage);
    this.#player = player(this.#length);
    this.#player.onFrame = () => this.#moved();
    this.#player.onChange = () => this.redraw();
    store.subscribe(() => this.redraw());
  }

  /** @param {number} played  ms */
  #keeps(played) {
    this.played = played;
    this.redraw();
  }

  /** Draws with this view from now on. @param {() => unknown} view */
  show(view) {
    this.#view = view;
    this.draw();
  }

  // The clock -----------------------------------------------------------------

  get player() {
    return this.#player;
  }

  /** From the player's seconds to the wall clock; null: nothing is known of it yet. */
  get map() {
    const { kind, shift_ms } = this.recording;
    if (kind === "none") return (this.#made ??= new PartsMap(this.live.parts));
    const parts = knownParts(this.recording);
    if (parts.length) return (this.#made ??= new PartsMap(parts));
    const map = this.#player.map;
    if (map && map.at(0) !== undefined) return shift_ms ? (this.#shifted ??= new Shifted(map, shift_ms)) : map;
    return this.#player.span() ? (this.#guess ??= new PartsMap([{ s: 0, wall: this.live.parts[0]?.wall ?? 0 }])) : null;
  }

  /** @type {PartsMap | undefined} */
  #made;
  /** @type {Shifted | undefined} */
  #shifted;
  /** A playlist without dates: as if it began with the broadcast. @type {PartsMap | undefined} */
  #guess;

  /** Another clock, as the organiser tries it. @param {Pick<Recording, "parts" | "shift_ms">} clock */
  set(clock) {
    Object.assign(this.recording, clock);
    this.#made = this.#shifted = undefined;
    this.#marks = null;
    this.draw();
  }

  /** Where the player is, s. */
  get seconds() {
    return this.#player.frame ?? 0;
  }

  get length() {
    const span = this.#player.span();
    return span ? span.to : this.#length;
  }

  /** The server's time, ms, of what is shown. */
  now() {
    return this.map?.at(this.seconds) ?? 0;
  }

  media() {
    return this.now();
  }

  cue() {
    return this.timeline.at(this.now());
  }

  /** Where a moment of the broadcast is, s; undefined: not in the recording. @param {number} wall */
  find(wall) {
    const s = this.map?.find(wall);
    return s === undefined || s < 0 || s > this.length ? undefined : s;
  }

  /** What happened when; the same list until something about the recording is known better. */
  get marks() {
    const key = `${this.length} ${this.map?.at(0)}`;
    if (this.#marks?.map !== key) {
      this.#marks = { map: key, marks: marksOf(this.store, this.timeline, (wall) => this.find(wall)) };
    }
    return this.#marks.marks;
  }

  /** The same, whether or not the recording has them: by the broadcast's own time. */
  get everything() {
    return (this.#everything ??= marksOf(this.store, this.timeline, (wall) => wall / 1000));
  }

  /** @type {Mark[] | undefined} */
  #everything;

  // What the viewer does ------------------------------------------------------

  get playing() {
    return ["playing", "waiting"].includes(this.#player.state);
  }

  toggle() {
    if (this.playing) this.#player.pause();
    else this.#player.play();
    this.redraw();
  }

  /** @param {number} seconds */
  seek(seconds) {
    const to = Math.min(this.length, Math.max(0, seconds));
    this.#jumping = true;
    this.#player.seek(to);
    this.#jumping = false;
    this.#seen = to;
    this.tries.place = to;
    this.redraw();
  }

  /** @param {number} seconds */
  by(seconds) {
    this.seek(this.seconds + seconds);
  }

  /** To the slide before or after. @param {number} step */
  step(step) {
    const slides = this.marks.filter(({ kind }) => kind === "slide");
    const at = lastIndex(slides, ({ s }) => s <= this.seconds + 0.001);
    const to = slides[at + step];
    if (to) this.seek(to.s);
  }

  /** @param {number} rate */
  set rate(rate) {
    this.#player.rate = rate;
    this.redraw();
  }

  get rate() {
    return this.#player.rate;
  }

  /** @param {number} step */
  faster(step) {
    const at = lastIndex(SPEEDS, (speed) => speed <= this.rate + 0.001);
    this.rate = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + step))] ?? 1;
  }

  // Drawing -------------------------------------------------------------------

  /** Draw soon. */
  redraw() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.draw();
    });
  }

  draw() {
    this.#drawn = this.#looks();
    render(this.#view(), this.#root);
    this.#ahead();
  }

  /** Loads the pictures of the next slides, so that each is there with its frame; the browser keeps them. */
  #ahead() {
    const next = this.marks.filter(({ kind, s }) => kind === "slide" && s > this.seconds).slice(0, AHEAD);
    for (const { id } of next) {
      const doc = this.store.get(`slide/${id}`);
      const src = doc && pictureOf(doc);
      if (!src || this.#loaded.has(src)) continue;
      const image = new Image();
      image.src = src;
      this.#loaded.set(src, image);
    }
  }

  /** @type {Map<string, HTMLImageElement>} */
  #loaded = new Map();

  /** Another frame is on screen: draw in the same step if something goes with it. */
  #moved() {
    const before = this.#seen;
    this.#seen = this.seconds;
    const on = this.seconds - before;
    if (this.playing && !this.#jumping && on >= 0 && on < JUMP_S) this.#pass(before, this.seconds);
    if (this.playing && this.map) this.watched?.see(this.now());
    if (Math.abs(this.tries.place - this.seconds) > KEEP_S) this.tries.place = this.seconds;
    if (this.#looks() !== this.#drawn) this.draw();
  }

  /** What the page looks like depends on nothing but this, as far as time goes. */
  #looks() {
    const now = this.now();
    const polls = this.store.family("poll").map(([, poll]) => {
      const then = pollThen(poll, now);
      return then && `${then.state}${then.round}`;
    });
    return `${this.cue()?.at} ${Math.floor((this.seconds * 1000) / STEP_MS)} ${polls}`;
  }

  /** Time went on by itself from … to: a poll may have opened, or a long wait have begun. @param {number} from @param {number} to */
  #pass(from, to) {
    const opened = this.marks.find(({ kind, s }) => kind === "poll" && s > from && s <= to);
    if (opened && this.stopping && this.#untried(opened)) this.#player.pause();
    if (!this.skipping) return;
    const next = this.marks.find(({ s }) => s > to)?.s ?? this.length;
    const last = lastOf(this.marks, ({ s }) => s <= to)?.s ?? 0;
    if (to - last >= this.skipping && next - to > 2 * LEAD_S) this.seek(next - LEAD_S);
  }

  /** @param {Mark} mark */
  #untried({ id, wall }) {
    const poll = this.store.get(`poll/${Number(id)}`);
    const then = poll && pollThen(poll, wall);
    return !!then && !this.tries.of(Number(id), then.round);
  }
}
