/**
 * From a place in a recording (seconds) to the wall clock's time at which that was taken (ms),
 * and back, by the moments that are known. Between two of them time goes on by itself, so a cut
 * is a moment that is known; and a replay without a recording is one with a cut for each pause.
 * Used by replay.js beside the maps of video/media-map.js; it knows no player.
 *
 * @typedef {{s: number, wall: number}} Known  the frame at `s` seconds was taken at `wall` ms
 * @typedef {import("../docs.d.ts").Recording} Recording
 * @typedef {import("../video/media-map.js").FrameMap} FrameMap
 */

import { lastOf, lastIndex } from "../timeline.js";

/** @implements {FrameMap} */
export class PartsMap {
  #parts;

  /** @param {readonly Known[]} parts  at least one */
  constructor(parts) {
    this.#parts = [...parts].sort((a, b) => a.s - b.s);
  }

  /** @param {number} seconds */
  at(seconds) {
    const part = lastOf(this.#parts, ({ s }) => s <= seconds) ?? this.#parts[0];
    return part && part.wall + (seconds - part.s) * 1000;
  }

  /**
   * Where `wall` is; what was cut out is where the recording goes on. Before the first moment it is
   * before the beginning, perhaps below 0.
   * @param {number} wall
   */
  find(wall) {
    const index = Math.max(
      0,
      lastIndex(this.#parts, (part) => part.wall <= wall),
    );
    const part = this.#parts[index];
    if (!part) return undefined;
    const end = this.#parts[index + 1]?.s ?? Infinity;
    return Math.min(end, part.s + (wall - part.wall) / 1000);
  }
}

/** A map of which all moments are later by `ms`. @implements {FrameMap} */
export class Shifted {
  #map;
  #ms;

  /** @param {FrameMap} map @param {number} ms */
  constructor(map, ms) {
    this.#map = map;
    this.#ms = ms;
  }

  /** @param {number} seconds */
  at(seconds) {
    const wall = this.#map.at(seconds);
    return wall === undefined ? undefined : wall + this.#ms;
  }

  /** @param {number} wall */
  find(wall) {
    return this.#map.find(wall - this.#ms);
  }
}

/**
 * The time that was live, put together without the pauses between: the moments, and how long it is (s).
 * @param {Recording["spans"]} spans
 * @param {number} now  ms, the end of a broadcast that is still live
 */
export function liveTime(spans, now) {
  let length = 0;
  const parts = spans.map(({ since, until }) => {
    const part = { s: length, wall: since };
    length += Math.max(0, (until ?? now) - since) / 1000;
    return part;
  });
  return { parts, length };
}

/**
 * The moments of a recording that are known; of a file of which none is, the beginning of the broadcast is
 * taken for the beginning of the file.
 * @param {Recording} recording @returns {Known[]}  none: its playlist has to know
 */
export function knownParts({ kind, parts, spans }) {
  if (parts.length) return parts.map(({ media_ms, wall_at }) => ({ s: media_ms / 1000, wall: wall_at }));
  return kind === "hls" ? [] : [{ s: 0, wall: spans[0]?.since ?? 0 }];
}
