/**
 * Answers on pages: all that was written, as much of it on a page as is read from the last
 * row, and which page is seen now. Answers stand in the order in which they came, so that a new one
 * changes the last page alone; pages turn by themselves, calmly, and what is new comes at the next
 * turn. For the screen and the desk. Pure: time is an argument.
 *
 * @typedef {import("../protocol.d.ts").Said} Said
 * @typedef {import("./store.js").Store} Store
 * @typedef {{columns: number, width: number, room: number}} Shape   of a page: letters in a line, lines in a column
 * @typedef {{of: string, page: number, since: number, answers: number}} Turn   which wall's page is seen since when
 */

/** What a screen's page holds in type for the last row, whatever its shape: so all screens and the desk count the same pages. @type {Shape} */
export const SCREEN = { columns: 2, width: 15, room: 13 };
export const STAY_MS = 12_000; // a page of a hundred words is read in that time
const FRAME = 0.6; // lines that an answer takes beside its own

/** All that was written in a round, the first one first. @param {Store} store @param {number} poll @param {number} round */
export function answersOf(store, poll, round) {
  /** @type {Said[]} */
  const all = [];
  for (let page = 0; ; page += 1) {
    const doc = store.get(`answers/${poll}/${page}`);
    if (doc?.round !== round) return all;
    all.push(...(doc.said ?? []));
  }
}

/**
 * The answers as pages of columns, in their order; none without an answer. What is longer than a column has one
 * for itself.
 * @param {Said[]} answers @param {Shape} shape
 * @returns {Said[][][]}
 */
export function pagesOf(answers, { columns, width, room }) {
  /** @type {Said[][]} */
  const filled = [];
  let left = 0;
  for (const answer of answers) {
    const takes = Math.ceil(letters(answer.text) / width) + FRAME;
    if (takes > left) {
      filled.push([]);
      left = room;
    }
    filled[filled.length - 1]?.push(answer);
    left -= takes;
  }
  const pages = Array.from({ length: Math.ceil(filled.length / columns) }, (_each, at) => at * columns);
  return pages.map((at) => filled.slice(at, at + columns));
}

/** Where each page begins: its first answer, counted from 0. @param {Said[][][]} pages */
export function beginnings(pages) {
  let count = 0;
  return pages.map((columns) => {
    const first = count;
    count += columns.flat().length;
    return first;
  });
}

/** The page on which an answer stands; the last one, where there are not so many. @param {Said[][][]} pages @param {number} answer */
export const pageWith = (pages, answer) =>
  Math.max(0, beginnings(pages).filter((first) => first <= answer).length - 1);

/**
 * The page that is seen at `now`: the next one after a while, or the last when there is something new.
 * @param {Turn | null} before @param {string} of   which wall @param {{pages: number, answers: number, now: number}} there
 * @returns {Turn}
 */
export function turned(before, of, { pages, answers, now }) {
  if (before?.of !== of) return { of, page: 0, since: now, answers };
  const last = Math.max(0, pages - 1);
  if (now - before.since < STAY_MS) return { ...before, page: Math.min(before.page, last) };
  const page = answers > before.answers ? last : (before.page + 1) % Math.max(1, pages);
  return { of, page, since: now, answers };
}

/** How wide a text is, in Chinese characters: two Latin letters are one. @param {string} text */
function letters(text) {
  let wide = 0;
  for (const letter of text) wide += (letter.codePointAt(0) ?? 0) < 0x1100 ? 0.55 : 1;
  return wide;
}
