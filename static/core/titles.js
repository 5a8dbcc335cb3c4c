/**
 * What a slide is called, told from its text alone: the first line that is no number, no mark and not the same on
 * many slides, as a section's name in the corner is, nor a piece of such a line. Chinese and English lines that stand together are one
 * title. Used where slides are listed by name; a slide without words has no title.
 */

const COMMON = 3; // slides with the same line: it is a frame and no title
const NUMBERED = 2; // slides with the same line that begins with a number: a chapter's name in the corner
const LETTERS = 6; // a title is seldom shorter …
const HAN = 3;

/** @param {string} text */
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** @param {string} line */
const says = (line) =>
  (line.match(/\p{Script=Han}/gu) ?? []).length >= HAN || (line.match(/\p{L}/gu) ?? []).length >= LETTERS;

/** @param {string} line */
const isDense = (line) => /\p{Script=Han}/u.test(line);

/**
 * The titles of a deck's slides, in their order.
 * @param {string[]} texts
 * @returns {string[]}
 */
export function titlesOf(texts) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const text of texts) for (const line of new Set(lines(text))) times.set(line, (times.get(line) ?? 0) + 1);
  const frames = [...times].filter(([line, n]) => n >= (/^\d/.test(line) ? NUMBERED : COMMON)).map(([line]) => ` ${line} `);
  const isFrame = (/** @type {string} */ line) => frames.some((frame) => frame.includes(` ${line} `));
  return texts.map((text) => {
    const own = lines(text).filter((line) => !isFrame(line));
    const at = own.findIndex(says);
    if (at < 0) return own[0] ?? "";
    const [title = "", next = ""] = own.slice(at);
    const translated = says(next) && isDense(title) !== isDense(next);
    return translated ? `${title} ${next}` : title;
  });
}
