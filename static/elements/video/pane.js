/**
 * The attendee's side of the video: which player runs, what the viewer has chosen (layout,
 * captions, shown or not) and what is open of its controls. It follows the doc `video`: a
 * new address is opened by itself. video.js draws it; what the frames mean for the
 * clock is core/video/media.js.
 *
 * @typedef {"slide" | "video" | "both"} Layout  which of the two is large
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../core/docs.d.ts").VideoDoc} VideoDoc
 */

import { openFile } from "../../core/video/player-file.js";
import { openHls } from "../../core/video/player-hls.js";
import { Player } from "../../core/video/player.js";

const REST_MS = 600_000; // after the end: whoever is behind has seen it by then, and a farewell may take some minutes
const SHAKE_S = 0.8; // a delay that wavers by less is shown as it was

const VIDEO_DIRECTIVES = new Set(["connect-src", "media-src", "frame-src"]);

/** @type {Layout[]} */
export const LAYOUTS = ["slide", "video", "both"];

export class VideoPane {
  page;
  /** @type {Player | null} */
  player = null;
  /** @type {Layout} */
  layout;
  captions = false;
  /** Whether the panel for setting the clock is open, and how far one is in it: digits typed, mark waited for. */
  setting = false;
  typed = "";
  /** @type {number | null} wall ms of the mark to press at */
  awaited = null;
  done = false;
  /** It has moved to where this page, as it was loaded, may not go. */
  moved = false;

  #key = ""; // of what is open
  /** Where others watch too, on a screen of the place, the video is shown when asked for. @type {boolean | null} */
  #wanted = null;
  #told = NaN;

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    document.addEventListener("securitypolicyviolation", (event) => this.#refused(event));
    this.layout = LAYOUTS.find((each) => each === keptLayout(page.slug)) ?? "slide";
  }

  /**
   * The doc, where there is something for this viewer to see: long after the end there is not, but the replay.
   * @returns {VideoDoc | undefined}
   */
  get doc() {
    const { phase, ended_at } = this.page.store.get("broadcast") ?? {};
    if (phase === "ended" && this.page.now() > (ended_at ?? 0) + REST_MS) return undefined;
    const doc = this.page.store.get("video");
    return doc && doc.kind !== "none" && this.page.viewing.place === "remote" ? doc : undefined;
  }

  /** Whether the picture itself is on this page, or only the clock of one that is elsewhere. */
  get shown() {
    return !!this.doc && (this.#wanted ?? !this.page.viewing.shared);
  }

  /** Opens, keeps or closes the player, as the docs have it. Asked at each drawing. */
  refresh() {
    const { doc } = this;
    const url = this.shown && (doc?.kind === "hls" || doc?.kind === "file") ? doc.url : undefined;
    const key = url ? `${doc?.kind} ${url} ${doc?.starts_at ?? ""}` : "";
    if (key === this.#key) return;
    this.#key = key;
    this.moved = false;
    if (doc && url) this.#open(doc, url);
    else this.#close();
  }

  /** @param {SecurityPolicyViolationEvent} event */
  #refused({ effectiveDirective, blockedURI }) {
    const { doc } = this;
    const wanted = doc && new URL((doc.kind === "embed" ? doc.embed : doc.url) || "", location.href);
    if (!wanted || !VIDEO_DIRECTIVES.has(effectiveDirective) || !blockedURI.startsWith(wanted.origin)) return;
    this.moved = true;
    this.#close();
  }

  /** @param {VideoDoc} doc @param {string} url */
  #open(doc, url) {
    const { light = "", full = "" } = { light: document.body.dataset.hls, full: document.body.dataset.hlsFull };
    const source =
      doc.kind === "hls" ? openHls(url, { light, full }) : openFile(url, { startsAt: doc.starts_at ?? undefined });
    this.player ??= new Player(document.createElement("video"));
    this.player.video.className = "video__picture";
    this.player.open(source);
    this.player.captions(this.captions);
    this.page.follow(this.player);
  }

  #close() {
    this.player?.close();
    this.player = null;
    this.page.follow(null);
  }

  // What the viewer does --------------------------------------------------------

  /** @param {boolean} shown */
  show(shown) {
    this.#wanted = shown;
    this.page.redraw();
  }

  /** @param {Layout} layout */
  arrange(layout) {
    this.layout = layout;
    keepLayout(this.page.slug, layout);
    this.page.redraw();
  }

  /** What is large becomes small, and the other way round. */
  swap() {
    this.arrange(this.layout === "video" ? "slide" : "video");
  }

  toggle() {
    const { player } = this;
    if (!player) return;
    if (player.state === "playing" || player.state === "waiting") player.pause();
    else player.play();
  }

  toggleSound() {
    const { player } = this;
    if (!player) return;
    player.silenced = false;
    player.video.muted = !player.video.muted;
    if (!player.video.muted && player.video.volume === 0) player.video.volume = 1;
  }

  toggleCaptions() {
    this.captions = !this.captions;
    this.player?.captions(this.captions);
  }

  // The clock's panel -------------------------------------------------------------

  /** @param {boolean} on */
  set(on) {
    Object.assign(this, { setting: on, typed: "", awaited: null, done: false });
    this.page.redraw();
  }

  /** A digit of the running mark; with the second one the clock is roughly right. @param {number} digit */
  type(digit) {
    this.typed += digit;
    if (this.typed.length < 2) return this.page.redraw();
    const now = Math.floor(this.page.now() / 1000);
    const ago = (((now - Number(this.typed)) % 100) + 100) % 100;
    this.page.viewing.set((now - ago) * 1000 + 500);
    this.typed = "";
    this.await();
  }

  /** Says which mark to press at: far enough ahead to be ready for it. */
  await() {
    this.awaited = (Math.ceil(this.page.media() / 1000) + AHEAD_S) * 1000;
    this.done = false;
    this.page.redraw();
  }

  /** The awaited mark has appeared in the video just now. */
  press() {
    if (this.awaited === null) return;
    this.page.viewing.set(this.awaited);
    this.awaited = null;
    this.done = true;
    this.page.redraw();
  }

  /** @param {number} ms */
  nudge(ms) {
    this.page.viewing.nudge(ms);
    this.page.redraw();
  }

  reset() {
    this.page.viewing.reset();
    this.set(this.setting);
  }

  /** How far behind the hall, s, in a number that does not waver. */
  behind() {
    const seconds = this.page.viewing.behind() / 1000;
    if (!(Math.abs(seconds - this.#told) < SHAKE_S)) this.#told = Math.round(seconds);
    return this.#told;
  }
}

const AHEAD_S = 4; // the mark one is asked to press at comes that much later

/** @param {string} slug */
const keyOf = (slug) => `live:layout:${slug}`;

/** @param {string} slug */
function keptLayout(slug) {
  try {
    return localStorage.getItem(keyOf(slug));
  } catch {
    return null;
  }
}

/** @param {string} slug @param {Layout} layout */
function keepLayout(slug, layout) {
  try {
    localStorage.setItem(keyOf(slug), layout);
  } catch {
    // it holds until this page is closed
  }
}
