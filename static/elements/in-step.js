/**
 * What a viewer of the video may know at the moment that he sees: the phase of the broadcast
 * and the notice, each looked up by the media clock like a cue. What has not happened for him
 * yet is not drawn, so it is not in the page either.
 *
 * @typedef {import("../core/page.js").Page} Page
 * @typedef {import("../protocol.d.ts").BroadcastDoc} BroadcastDoc
 */

const LATEST_MS = 60_000; // a notice may be a warning: nobody waits longer for it, even with a paused video

/** @param {BroadcastDoc} broadcast @param {number} media @returns {BroadcastDoc["phase"]} */
export function phaseAt({ phase, started_at, ended_at }, media) {
  if (phase === "planned" || media < (started_at ?? -Infinity)) return "planned";
  return phase === "ended" && media < (ended_at ?? -Infinity) ? "live" : phase;
}

/** @param {Page} page */
export function noticeAt(page) {
  const doc = page.store.get("notice");
  return doc && (doc.at <= page.media() || doc.at <= page.now() - LATEST_MS) ? doc : undefined;
}

/** When the next of these is due for a viewer at `media`. @param {Page} page @param {number} media */
export function nextInStep({ store }, media) {
  const { started_at, ended_at } = store.get("broadcast") ?? {};
  const due = [started_at, ended_at, store.get("notice")?.at].filter((at) => at != null && at > media);
  return due.length ? Math.min(.../** @type {number[]} */ (due)) : undefined;
}
