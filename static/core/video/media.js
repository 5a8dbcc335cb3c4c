/**
 * The media clock: the server's wall-clock time, ms, of the moment in the hall that this
 * viewer sees. In the room that is now. Elsewhere it stands on the highest rung of a ladder
 * that holds: the playlist's own clock, a delay that the viewer or the desk measured, the
 * broadcast's usual delay, now. With a video of our own it goes with the frames, so it stands while they
 * stand and goes back with a seek. Owned by page.js; the player calls nothing here, it is read.
 *
 * @typedef {"playlist" | "calibrated" | "site" | "now"} Rung
 * @typedef {import("../docs.d.ts").VideoDoc} VideoDoc
 * @typedef {import("./player.js").Playing} Playing
 * @typedef {import("./media-calibration.js").Personal} Personal
 */

import { Steady, calibrationAt, turnAt } from "./media-calibration.js";
import { LineMap } from "./media-map.js";

/** Until a stream has said when its frames were taken: as far behind as a slow one is, so that nothing is given away. */
const STARTING_MS = 20_000;

export class Media {
  #now;
  #personal;
  #steady = new Steady();
  /** @type {VideoDoc | undefined} */
  #doc;
  /** @type {Playing | null} */
  #player = null;
  /** For a video without a clock: one frame whose moment we take as known, and the delay it was taken with. @type {{map: LineMap, lag: number} | null} */
  #anchor = null;
  /** How far behind this page was with the last frame, ms: so it goes on when the video dies. */
  #last = /** @type {number | undefined} */ (undefined);

  /** Where this viewer is: "room" sees the hall itself. @type {"room" | "remote"} */
  place = "room";
  /** Whether he may say so himself. */
  mayChoose = false;
  /** Whether others watch with him, on a screen of that place. */
  shared = false;

  /** @param {{now: () => number, personal: Personal}} given */
  constructor({ now, personal }) {
    this.#now = now;
    this.#personal = personal;
  }

  /**
   * Takes over what the docs say of the video and of this viewer's place.
   * @param {import("../store.js").Store} store @param {string} audience
   */
  look(store, audience) {
    this.#doc = store.get("video");
    const site = store.get("broadcast")?.sites?.find(({ id }) => id === store.you?.site);
    const attendee = audience === "attendee";
    this.shared = attendee && site?.kind === "shared";
    const known = site?.kind === "room" || site?.kind === "remote";
    this.mayChoose = attendee ? !known : audience === "screen" && (this.#doc?.kind ?? "none") !== "none";
    const usual = attendee && site?.kind !== "room" ? "remote" : "room";
    this.place = (this.mayChoose && this.#personal.place) || usual;
  }

  /** @param {"room" | "remote"} place */
  choose(place) {
    this.#personal.keep({ place });
  }

  /** From now on this player's frames are what the viewer sees; null: it is gone. @param {Playing | null} player */
  follow(player) {
    this.#player = player;
    this.#last = undefined;
    this.#anchor = null;
    this.#steady.forget();
  }

  /** Whether frames say what time it is: then it does not go on by itself. */
  get byFrames() {
    const player = this.#player;
    return this.place === "remote" && player?.frame !== undefined && player.state !== "dead";
  }

  /** The time of what is seen. */
  now() {
    return this.#look().at;
  }

  /** @returns {Rung} */
  get rung() {
    return this.#look().rung;
  }

  /** How far behind the hall this viewer is, ms; never negative. */
  behind() {
    return Math.max(0, this.#now() - this.now());
  }

  /** What a pulse tells the server. @returns {{rung: Rung, media_at: number, playing: boolean}} */
  watching() {
    const { at, rung } = this.#look();
    return { rung, media_at: Math.round(at), playing: this.#player?.state === "playing" };
  }

  // What the viewer sets ------------------------------------------------------

  /** Whether there is something to reset. */
  get isOwn() {
    return this.#own() !== null;
  }

  /** What is seen right now was taken at `wall`. @param {number} wall */
  set(wall) {
    const dated = this.#dated();
    if (dated) this.#keep("frame", wall - dated.pdt);
    else this.#keep("delay", Math.max(0, this.#now() - wall));
  }

  /** Later by `ms` (or earlier, below zero) than it was thought to be. @param {number} ms */
  nudge(ms) {
    this.set(this.now() + ms);
  }

  reset() {
    this.#personal.keep({ own: null });
    this.#begin();
  }

  /** @param {"frame" | "delay"} kind @param {number} ms */
  #keep(kind, ms) {
    this.#personal.keep({ own: { kind, ms: Math.round(ms), at: this.#now() } });
    this.#begin();
  }

  #begin() {
    this.#steady.forget();
    this.#anchor = null;
  }

  // The ladder ----------------------------------------------------------------

  /** @returns {{at: number, rung: Rung}} */
  #look() {
    const now = this.#now();
    if (this.place === "room" || !this.#doc || this.#doc.kind === "none") return { at: now, rung: "now" };
    const player = this.#player;
    if (this.#last !== undefined && (player?.state === "dead" || player?.frame === undefined)) {
      return { at: now - this.#last, rung: "calibrated" };
    }
    const found = this.#byPlaylist(now) ?? this.#byDelay(now);
    const at = Math.min(found.at, now); // no frame is from the time to come: a clock is wrong
    if (player?.frame !== undefined) this.#last = now - at;
    return { at, rung: found.rung };
  }

  /** @param {number} now @returns {{at: number, rung: Rung} | undefined} */
  #byPlaylist(now) {
    const dated = this.#dated();
    if (!dated) return undefined;
    const wall = dated.pdt + (this.#own("frame")?.ms ?? calibrationAt(this.#doc?.turns ?? [], now, dated.pdt));
    // what is to come is not on screen yet: nothing to hold
    return { at: dated.seen ? this.#steady.through(dated.pdt, Math.min(wall, now)) : wall, rung: "playlist" };
  }

  /** The stream's date of the frame that is seen, or of the one it will begin with. */
  #dated() {
    const player = this.#player;
    const seconds = player?.frame ?? player?.expected;
    const pdt = seconds === undefined ? undefined : player?.map?.at(seconds);
    return pdt === undefined ? undefined : { pdt, seen: player?.frame !== undefined };
  }

  /** @param {number} now @returns {{at: number, rung: Rung}} */
  #byDelay(now) {
    const { lag, rung } = this.#lag();
    const frame = this.#player?.frame;
    if (frame !== undefined) {
      if (this.#anchor?.lag !== lag) this.#anchor = { map: new LineMap(frame, now - lag), lag };
      return { at: this.#anchor.map.at(frame), rung };
    }
    const starting = this.#player?.state === "loading" ? Math.max(lag, STARTING_MS) : lag;
    return { at: now - starting, rung };
  }

  /** @returns {{lag: number, rung: Rung}} */
  #lag() {
    const own = this.#own("delay");
    if (own) return { lag: own.ms, rung: "calibrated" };
    const measured = turnAt(this.#doc?.turns ?? [], this.#now());
    if (measured) return { lag: Math.max(0, -measured.cal_ms), rung: "calibrated" };
    const usual = this.#doc?.delay_ms ?? 0;
    return usual > 0 ? { lag: usual, rung: "site" } : { lag: 0, rung: "now" };
  }

  /**
   * What this viewer has set, unless the server has measured better since.
   * @param {"frame" | "delay"} [kind]
   */
  #own(kind) {
    const { own } = this.#personal;
    if (!own || (kind && own.kind !== kind)) return null;
    const newer = (turnAt(this.#doc?.turns ?? [], this.#now())?.at ?? 0) > own.at;
    return newer ? null : own;
  }
}
