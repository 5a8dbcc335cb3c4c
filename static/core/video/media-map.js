/**
 * From a moment of the video (seconds, as the <video> counts) to the wall clock's time at
 * which that frame was taken (ms), and back. A PlaylistMap learns it from the dated
 * fragments of an HLS playlist, a LineMap from one known moment. Made and fed by the
 * players, read by media.js. Neither knows what is on screen, nor anything of calibration.
 *
 * @typedef {object} Fragment  what hls.js says of a segment
 * @property {number} start  s
 * @property {number} duration  s
 * @property {number | null} programDateTime  ms; null: the playlist has none
 * @property {number | "initSegment"} sn
 *
 * @typedef {{sn: number, start: number, end: number, wall: number}} Piece
 * @typedef {{at: (seconds: number) => number | undefined, find: (wall: number) => number | undefined}} FrameMap
 */

const OVERLAP_S = 0.1; // a fragment's bounds are moved by less than that once it is parsed
const SAME_MS = 5_000; // the same number within that is the same fragment; else the encoder began anew

/** @implements {FrameMap} */
export class PlaylistMap {
  /** In the order of the video; the playlist's window slides, what was in it stays known. @type {Piece[]} */
  #pieces = [];

  /**
   * What the playlist holds now, after each load, and again when hls.js knows the bounds better.
   * @param {readonly Fragment[]} fragments
   */
  take(fragments) {
    const fresh = fragments.flatMap(piece);
    const first = fresh[0];
    if (!first) return;
    const moved = this.#moved(first);
    const before = this.#pieces
      .map((each) => ({ ...each, start: each.start + moved, end: each.end + moved }))
      .filter((each) => each.end <= first.start + OVERLAP_S);
    this.#pieces = [...before, ...fresh];
  }

  /**
   * When the frame at `seconds` was taken; undefined while no fragment has a date.
   * @param {number} seconds
   */
  at(seconds) {
    const piece = this.#pieces[Math.max(0, this.#after(seconds) - 1)];
    return piece && piece.wall + (seconds - piece.start) * 1000;
  }

  /**
   * Where in the video `wall` is: the last place, should a clock that was set back give two.
   * @param {number} wall
   */
  find(wall) {
    let place = this.#pieces.length - 1;
    while (place > 0 && /** @type {Piece} */ (this.#pieces[place]).wall > wall) place -= 1;
    const piece = this.#pieces[place];
    return piece && piece.start + (wall - piece.wall) / 1000;
  }

  /** By how much the fragments known before have been moved, s. @param {Piece} first */
  #moved(first) {
    const known = this.#pieces.find(({ sn, wall }) => sn === first.sn && Math.abs(wall - first.wall) < SAME_MS);
    return known ? first.start - known.start : 0;
  }

  /**
   * How many pieces do not begin after `seconds` (binary search: a day has many thousands).
   * @param {number} seconds
   */
  #after(seconds) {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {Piece} */ (this.#pieces[middle]).start <= seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** @param {Fragment} fragment @returns {Piece[]}  none: it has no date */
function piece({ sn, start, duration, programDateTime }) {
  if (typeof sn !== "number" || programDateTime === null || !Number.isFinite(programDateTime)) return [];
  return [{ sn, start, end: start + duration, wall: programDateTime }];
}

/** One moment is known, the rest follows. @implements {FrameMap} */
export class LineMap {
  #seconds;
  #wall;

  /** @param {number} seconds @param {number} wall  ms, of the frame at `seconds` */
  constructor(seconds, wall) {
    this.#seconds = seconds;
    this.#wall = wall;
  }

  /** @param {number} seconds */
  at(seconds) {
    return this.#wall + (seconds - this.#seconds) * 1000;
  }

  /** @param {number} wall */
  find(wall) {
    return this.#seconds + (wall - this.#wall) / 1000;
  }
}
