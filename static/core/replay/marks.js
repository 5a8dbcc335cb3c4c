/**
 * What happened when, for the timeline of a replay: slides as they came on stage, polls as they opened,
 * questions as they were asked and as they were shown. Each mark knows its place in the recording; what was
 * cut out lies where the recording goes on, and of several slides there only the last is a mark.
 * Made once by replay.js from docs that do not change any more.
 *
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../timeline.js").Timeline} Timeline
 * @typedef {object} Mark
 * @property {"slide" | "poll" | "question"} kind
 * @property {number} s       where, in seconds
 * @property {number} wall    when it was, ms
 * @property {string} id      of the slide or the question, or the poll's number
 * @property {string} words   all that it says: the slide's text, the poll's title, the question
 * @property {string} title   what it is called: of a slide its first words
 * @property {number} number  the slide's number, else 0
 */

import { opensOf } from "./polls.js";
import { titlesOf } from "../titles.js";

/**
 * @param {Store} store @param {Timeline} timeline
 * @param {(wall: number) => number | undefined} find  undefined: not in the recording
 * @returns {Mark[]}  in the order of time
 */
export function marksOf(store, timeline, find) {
  const marks = [...slideMarks(store, timeline, find), ...pollMarks(store, find), ...questionMarks(store, timeline, find)];
  return marks.sort((a, b) => a.s - b.s);
}

/** @param {Store} store @param {Timeline} timeline @param {(wall: number) => number | undefined} find */
function slideMarks(store, timeline, find) {
  /** @type {Mark[]} */
  const marks = [];
  const slides = store.family("slide");
  const titles = titlesOf(slides.map(([, { text }]) => text));
  const titleOf = new Map(slides.map(([id], place) => [id, titles[place] ?? ""]));
  let shown = "";
  for (const { at, slide: id } of timeline.cues()) {
    const doc = id ? store.get(`slide/${id}`) : undefined;
    const s = find(at);
    if (!id || !doc || id === shown || s === undefined) continue;
    shown = id;
    if (marks.at(-1)?.s === s) marks.pop();
    marks.push({ kind: "slide", s, wall: at, id, words: doc.text, title: titleOf.get(id) ?? "", number: doc.number });
  }
  return marks;
}

/** @param {Store} store @param {(wall: number) => number | undefined} find */
function pollMarks(store, find) {
  return store.family("poll").flatMap(([id, poll]) =>
    opensOf(poll).flatMap((wall) => {
      const s = find(wall);
      return s === undefined ? [] : [mark("poll", s, wall, id, poll.title)];
    }),
  );
}

/**
 * A question is where it was on screen; one that never was, where it was asked, and if that was before the
 * beginning, there. @param {Store} store @param {Timeline} timeline @param {(wall: number) => number | undefined} find */
function questionMarks(store, timeline, find) {
  /** @type {Map<string, number>} */
  const shown = new Map();
  for (const { at, overlay } of timeline.cues()) {
    if (overlay?.kind === "question" && !shown.has(overlay.question)) shown.set(overlay.question, at);
  }
  return store.family("question").flatMap(([id, question]) => {
    const wall = shown.get(id) ?? question.at;
    const s = wall ? (find(wall) ?? 0) : 0;
    return question.text && wall ? [mark("question", s, wall, id, question.text)] : [];
  });
}

/** @param {Mark["kind"]} kind @param {number} s @param {number} wall @param {string} id @param {string} words @returns {Mark} */
const mark = (kind, s, wall, id, words) => ({ kind, s, wall, id, words, title: words, number: 0 });
