/**
 * Search over short texts in Chinese and English: every word of the query must occur, upper and lower
 * case and full and half width are one, and between Chinese characters a space or a line break of the
 * slide's layout counts for nothing. A few hundred slides are read through in a millisecond; there is no index.
 */

const HAN = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}，。、；：！？（）";
const APART = new RegExp(`(?<=[${HAN}])\\s+(?=[${HAN}])`, "gu");
const AROUND = 40; // characters before and after what was found

/** A text as it is compared. @param {string} text */
export const plain = (text) => text.normalize("NFKC").toLowerCase().replace(APART, "").replace(/\s+/g, " ").trim();

/** The words of a query. @param {string} query */
export const terms = (query) => plain(query).split(" ").filter(Boolean);

/**
 * Whether a text has all of them.
 * @param {string} text @param {string[]} words
 */
export function has(text, words) {
  const searched = plain(text);
  return words.every((word) => searched.includes(word));
}

/**
 * The text around the first word that is found, in pieces of which every other one is a word of the query.
 * @param {string} text @param {string[]} words
 * @returns {string[]}
 */
export function excerpt(text, words) {
  const shown = [...text.replace(APART, "").replace(/\s+/g, " ").trim()];
  const found = places(shown, words);
  const first = found[0]?.from ?? 0;
  const from = Math.max(0, first - AROUND);
  const to = Math.min(shown.length, first + 2 * AROUND);
  const cut = (/** @type {number} */ a, /** @type {number} */ b) => shown.slice(a, b).join("");
  const pieces = [];
  let done = from;
  for (const each of found.filter((each) => each.to <= to)) {
    pieces.push(cut(done, each.from), cut(each.from, each.to));
    done = each.to;
  }
  pieces.push(cut(done, to) + (to < shown.length ? " …" : ""));
  if (from > 0) pieces[0] = `… ${pieces[0]}`;
  return pieces;
}

/** Where in a text, by its characters, words stand; in order, and none within another. @param {string[]} shown @param {string[]} words */
function places(shown, words) {
  let searched = "";
  /** @type {number[]} the character that each unit of `searched` comes from */
  const from = [];
  for (const [place, character] of shown.entries()) {
    const compared = character.normalize("NFKC").toLowerCase();
    searched += compared;
    for (let unit = 0; unit < compared.length; unit += 1) from.push(place);
  }
  /** @type {{from: number, to: number}[]} */
  const found = [];
  for (const word of words) {
    for (let at = searched.indexOf(word); at >= 0; at = searched.indexOf(word, at + word.length)) {
      found.push({ from: from[at] ?? 0, to: (from[at + word.length - 1] ?? 0) + 1 });
    }
  }
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  return found.filter((each, at) => found.slice(0, at).every((other) => other.to <= each.from));
}
