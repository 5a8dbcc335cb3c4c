/**
 * Polls by the viewer's own clock. A poll's doc carries its turns, the whole life of it in
 * stream time; a page looks up the last one that its media clock has reached, as it does with
 * cues. So a poll opens, counts down, closes and tells its result when the hall of one's own
 * video does it, and before that nothing of it is drawn. It decides nothing and sets no timer.
 *
 * @typedef {import("./page.js").Page} Page
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../protocol.d.ts").TallyDoc} TallyDoc
 * @typedef {import("../protocol.d.ts").Split} Split
 * @typedef {Split["by"]} By
 * @typedef {{poll: PollDoc, tally: TallyDoc | undefined, split?: Split | undefined}} Seen   a poll and its count, as they are to be shown
 */

import { lastIndex } from "./timeline.js";

/**
 * The poll as it stood at `clock` (server ms), as a doc of the same shape; undefined before it was opened.
 * @param {PollDoc | undefined} doc
 * @param {number} clock
 * @returns {PollDoc | undefined}
 */
export function pollAt(doc, clock) {
  const turns = doc?.turns ?? [];
  const last = lastIndex(turns, (turn) => turn.at <= clock);
  const turn = turns[last];
  if (!doc || !turn) return undefined;
  const { round, shown, told } = turn;
  const before = turns.slice(0, last + 1);
  const timeUp = turn.state === "open" && turn.closes_at != null && turn.closes_at <= clock;
  const closedAt = before[lastIndex(before, (each) => each.state === "open") + 1]?.at;
  const state = timeUp ? "closed" : turn.state;
  return {
    ...doc,
    ballot: told ? doc.ballot : veiled(doc),
    quiz: told || !doc.quiz ? (doc.quiz ?? null) : { points: doc.quiz.points },
    state,
    round,
    shown,
    opened_at: before.find((each) => each.round === round)?.at,
    closes_at: state === "open" ? turn.closes_at : null,
    closed_at: timeUp ? turn.closes_at : state === "closed" ? closedAt : null,
    until: round === doc.round ? doc.until : null,
  };
}

/** The ballot without what is known with its result only. @param {PollDoc} poll @returns {PollDoc["ballot"]} */
function veiled({ ballot, veiled = [] }) {
  const left = Object.entries(ballot).filter(([name]) => !veiled.includes(name));
  return /** @type {PollDoc["ballot"]} */ (Object.fromEntries(left));
}

/** A poll as this viewer sees it now. @param {Page} page @param {number | string} number */
export const pollOf = (page, number) => pollAt(page.store.get(`poll/${number}`), page.media());

/** All polls that this viewer has seen opened. @param {Page} page @returns {[string, PollDoc][]} */
export function pollsOf(page) {
  const clock = page.media();
  return page.store.family("poll").flatMap(([number, doc]) => {
    const poll = pollAt(doc, clock);
    return poll ? [/** @type {[string, PollDoc]} */ ([number, poll])] : [];
  });
}

/** Those that are open to this viewer, the one opened last first. @param {Page} page */
export const openPolls = (page) =>
  pollsOf(page)
    .filter(([, poll]) => poll.state === "open")
    .sort(([, a], [, b]) => (b.opened_at ?? 0) - (a.opened_at ?? 0));

/**
 * The count as it was in this viewer's time, and with the result only where it is shown by then.
 * @param {Page} page @param {number | string} number @param {PollDoc} poll   the poll as this viewer sees it
 * @param {number} [clock]   another moment than now
 * @returns {TallyDoc | undefined}
 */
export function tallyOf(page, number, poll, clock = page.media()) {
  const tally = page.store.tallyAt(number, poll.round, clock);
  return tally && !poll.shown ? { round: tally.round, votes: tally.votes } : tally;
}

/**
 * The same by group, where it is on stage like that.
 * @param {Page} page @param {number} number @param {PollDoc} poll @param {number} [clock]
 */
export function splitOf(page, number, poll, clock = page.media()) {
  const over = page.cue()?.overlay;
  if (over?.kind !== "poll" || over.poll !== number || !poll.shown) return undefined;
  return groupsBy(page.store.splitAt(number, poll.round, clock), over.by);
}

/** @param {import("../protocol.d.ts").SplitDoc | undefined} doc @param {By | null | undefined} by */
export const groupsBy = (doc, by) => doc?.splits?.find((each) => each.by === by);

/** Poll and count, for the stage. @param {Page} page @returns {(number: number) => Seen | undefined} */
export const seenBy = (page) => (number) => {
  const poll = pollOf(page, number);
  return poll && { poll, tally: tallyOf(page, number, poll), split: splitOf(page, number, poll) };
};

/**
 * Whether a vote would still be taken: the window is open to this viewer, and he is not so far behind
 * that nobody waits for him any more.
 * @param {Page} page @param {number | string} number @param {PollDoc} poll
 */
export function takesVotes(page, number, poll) {
  const doc = page.store.get(`poll/${number}`);
  if (!doc || poll.state !== "open" || poll.round !== doc.round) return false;
  return doc.state === "open" || page.now() <= (doc.until ?? doc.closed_at ?? 0);
}

/** For how many ms the votes of those who are behind are waited for. @param {Page} page @param {PollDoc} poll */
export const waitingFor = (page, { state, until }) => (state === "closed" ? Math.max(0, (until ?? 0) - page.media()) : 0);

/** Whether a poll is open to this viewer that closes by itself. @param {Page} page */
export const countsDown = (page) => pollsOf(page).some(([, { state, closes_at }]) => state === "open" && closes_at != null);

/** When a poll next changes by itself or by its turns after `clock`. @param {Store} store @param {number} clock */
export function nextTurn(store, clock) {
  const moments = store
    .family("poll")
    .flatMap(([, { turns = [], closes_at, until }]) => [...turns.map((turn) => turn.at), closes_at ?? 0, until ?? 0])
    .filter((at) => at > clock);
  return moments.length ? Math.min(...moments) : undefined;
}
