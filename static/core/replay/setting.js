/**
 * Setting the clock of a recording: which of its frames was taken when. Each step gives the moments that are
 * known afterwards, to be tried at once and saved when they fit. Used by the organiser's tool under a replay.
 *
 * @typedef {import("../docs.d.ts").Recording["parts"]} Parts
 */

import { lastIndex } from "../timeline.js";

/**
 * The frame at `seconds` was taken at `wall`: the moment that holds there is moved to make it so.
 * @param {Parts} parts @param {number} seconds @param {number} wall @returns {Parts}
 */
export function setHere(parts, seconds, wall) {
  const place = Math.max(0, partAt(parts, seconds));
  const part = parts[place];
  if (!part) return [{ media_ms: 0, wall_at: Math.round(wall - seconds * 1000) }];
  const wall_at = Math.round(wall - (seconds * 1000 - part.media_ms));
  return parts.map((each, at) => (at === place ? { ...each, wall_at } : each));
}

/**
 * From the frame at `seconds` on, which was taken at `wall`: what was between is cut out.
 * @param {Parts} parts @param {number} seconds @param {number} wall @returns {Parts}
 */
export function cutHere(parts, seconds, wall) {
  const media_ms = Math.round(seconds * 1000);
  const others = parts.filter((each) => each.media_ms !== media_ms);
  return [...others, { media_ms, wall_at: Math.round(wall) }].sort((a, b) => a.media_ms - b.media_ms);
}

/** Which moment holds at a frame, or -1. @param {Parts} parts @param {number} seconds */
export const partAt = (parts, seconds) => lastIndex(parts, ({ media_ms }) => media_ms <= Math.round(seconds * 1000));

/** 2026-11-24T14:03:22.5 in this browser's zone, as a field takes it. @param {number} wall */
export function localText(wall) {
  const east = -new Date(wall).getTimezoneOffset() * 60_000;
  return new Date(wall + east).toISOString().slice(0, -1);
}
