/**
 * What a viewer of the video may know at the moment that he sees: the phase of the broadcast
 * and the notice, each looked up by the media clock like a cue. What has not happened for him
 * yet is not drawn, so it is not in the page either.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../protocol.d.ts").BroadcastDoc} BroadcastDoc
 */

const LATEST_MS = 60_000; // a notice may be a warning: nobody waits longer for it, even with a paused video

/** @param {BroadcastDoc} broadcast @param {number} media @returns {BroadcastDoc["phase"]} */
export function phaseAt({ phase, started_at, ended_at }, media) {
  if (phase === "planned" || media < (started_at ?? -Infinity)) return "planned";
  return phase === "ended" && media < (ended_at ?? -Infinity) ? "live" : phase;
}

/** To my unit, to my site, to everyone: the nearest first. @param {Page} page */
export const notices = ({ store }) =>
  [store.get("notice/unit"), store.get("notice/site"), store.get("notice")].filter((doc) => doc !== undefined);

/** Those that one may know of. @param {Page} page */
export function noticesAt(page) {
  return notices(page).filter((doc) => doc.at <= page.media() || doc.at <= page.now() - LATEST_MS);
}

/** When the next of these is due for a viewer at `media`. @param {Page} page @param {number} media */
export function nextInStep(page, media) {
  const { started_at, ended_at } = page.store.get("broadcast") ?? {};
  const due = [started_at, ended_at, ...notices(page).map(({ at }) => at)].filter((at) => at != null && at > media);
  return due.length ? Math.min(.../** @type {number[]} */ (due)) : undefined;
}
