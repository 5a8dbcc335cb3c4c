/**
 * Which questions ask nearly the same: for the asker while typing, so that an upvote
 * does instead, and for the desk, which may merge them. Compared by the pieces that
 * texts share: characters and pairs of them in Chinese, threes of letters in a word elsewhere;
 * what stands in many questions counts little, and the frame of a question ("how often must …",
 * "请问……多久……一次") hardly at all. It runs in the page, where all these texts are anyway: what somebody
 * types leaves the phone when it is sent and not before. It only ranks suggestions and decides nothing.
 */

const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{M}\p{N}]+/gu;
const DENSE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u; // no spaces between words
/** From here on somebody who types is asked "is it one of these?" … */
export const SIMILAR = 0.5;
/** … and from here on the desk is asked to merge: both tried on the questions of the test. */
export const SAME = 0.58;
const PIECES = 4; // a text of fewer pieces is like everything

/** What a question is asked with, and not about: in English … */
const FRAME = new Set(
  (
    "a an the is are was were be been do does did have has had can could may must shall should will would we i you they " +
    "it us our your to of in on at for by with from this that there and or any what who whom which when where why how " +
    "much many often long allowed somebody nobody too also well"
  ).split(" "),
);
/** … and in Chinese. */
const FRAMES =
  /请问|老师|为什么|什么时候|什么|多少|多久|多长时间|怎么|如何|哪里|哪个|几个|谁|可以|能不能|能否|能|是否|有没有|需要|必须|应该|要|我们|吗|呢|的|了|是|在|也|会/gu;
const FRAME_WORTH = 0.3; // of what any other piece is worth
const MARK = "_"; // before a piece of the frame

/** Two that ask for different ones of these ask different things, however much they share. */
const ASKS = new Map([
  ["who", "who"],
  ["谁", "who"],
  ["when", "when"],
  ["什么时候", "when"],
  ["where", "where"],
  ["哪里", "where"],
  ["why", "why"],
  ["为什么", "why"],
]);

/** The pieces of a text. @param {string} text @returns {Set<string>} */
export function pieces(text) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const [word] of text.normalize("NFKC").toLowerCase().matchAll(WORDS)) {
    if (DENSE.test(word)) dense(word, found);
    else if (FRAME.has(word)) found.add(MARK + word);
    else cut([...` ${word} `], 3, found);
  }
  return found;
}

/** @param {string} text @param {Set<string>} found */
function dense(text, found) {
  const rest = text.replace(FRAMES, (frame) => {
    found.add(MARK + frame);
    return " ";
  });
  for (const run of rest.split(" ")) {
    const letters = [...run];
    for (const letter of letters) found.add(letter); // so that a changed order is the same
    cut(letters, 2, found);
  }
}

/** @param {string[]} letters @param {number} size @param {Set<string>} found */
function cut(letters, size, found) {
  for (let at = 0; at + size <= letters.length; at++) found.add(letters.slice(at, at + size).join(""));
}

/** What is asked for, as far as a word says it. @param {Set<string>} found */
const asksFor = (found) => new Set([...found].flatMap((piece) => ASKS.get(piece.slice(MARK.length)) ?? []));

/** @typedef {{id: string, text: string, pieces: Set<string>, asks: Set<string>}} Known */

export class Likeness {
  /** Rises when a text comes, goes or changes. */
  version = 0;
  /** By its place in `#known`. @type {Map<string, number>} */
  #places = new Map();
  /** @type {(Known | undefined)[]} */
  #known = [];
  /** @type {number[]} */
  #free = [];
  /** In which texts a piece stands, by their places. @type {Map<string, Set<number>>} */
  #holders = new Map();

  /**
   * These texts and no others. With `most`, so many new ones at a time: a page that opens with thousands takes
   * them in bit by bit. Gives whether all are in.
   * @param {[string, string][]} texts  as [id, text]
   * @param {number} [most]
   */
  keep(texts, most = Infinity) {
    let left = most;
    for (const [id, text] of texts) {
      const place = this.#places.get(id);
      if (place !== undefined && this.#known[place]?.text === text) continue;
      if (left === 0) return false;
      left -= 1;
      this.#drop(id);
      this.#add(id, text);
    }
    if (this.#places.size === texts.length) return true;
    const wanted = new Set(texts.map(([id]) => id));
    for (const id of [...this.#places.keys()]) if (!wanted.has(id)) this.#drop(id);
    return true;
  }

  /**
   * The ids of those that are nearly the same, nearest first.
   * @param {string} text
   * @param {{most?: number, least?: number, among?: {has: (id: string) => boolean}}} [how]
   */
  near(text, { most = 3, least = SIMILAR, among } = {}) {
    const asked = pieces(text);
    if (asked.size < PIECES) return [];
    const whole = this.#weight(asked);
    const asks = asksFor(asked);
    /** @type {{id: string, score: number}[]} */
    const found = [];
    this.#shared(asked).forEach((shared, place) => {
      const known = this.#known[place];
      if (!known || shared < least * whole * 0.5 || (among && !among.has(known.id))) return;
      const score = this.#score(known, shared, whole) * (apart(asks, known.asks) ? 0.5 : 1);
      if (score >= least) found.push({ id: known.id, score });
    });
    found.sort((a, b) => b.score - a.score);
    return found.slice(0, most).map(({ id }) => id);
  }

  // Internal ------------------------------------------------------------------

  /** How much weight each text shares with these pieces, by its place. @param {Set<string>} asked */
  #shared(asked) {
    const shared = new Float64Array(this.#known.length);
    for (const piece of asked) {
      const worth = this.#worth(piece);
      for (const place of this.#holders.get(piece) ?? []) shared[place] = (shared[place] ?? 0) + worth;
    }
    return shared;
  }

  /**
   * Half of it says how much of the shorter is in the longer: a text that is still being
   * typed is a part of what it will be. @param {Known} known @param {number} shared @param {number} whole
   */
  #score(known, shared, whole) {
    const other = this.#weight(known.pieces);
    return shared / (whole + other) + shared / (2 * Math.min(whole, other));
  }

  /** @param {Set<string>} asked */
  #weight(asked) {
    let sum = 0;
    for (const piece of asked) sum += this.#worth(piece);
    return sum;
  }

  /** The rarer, the more. @param {string} piece */
  #worth(piece) {
    const rarity = Math.log(2 + this.#places.size / (1 + (this.#holders.get(piece)?.size ?? 0)));
    return piece.startsWith(MARK) ? FRAME_WORTH * rarity : rarity;
  }

  /** @param {string} id @param {string} text */
  #add(id, text) {
    const place = this.#free.pop() ?? this.#known.length;
    const found = pieces(text);
    this.#known[place] = { id, text, pieces: found, asks: asksFor(found) };
    this.#places.set(id, place);
    for (const piece of found) {
      const holders = this.#holders.get(piece);
      if (holders) holders.add(place);
      else this.#holders.set(piece, new Set([place]));
    }
    this.version += 1;
  }

  /** @param {string} id */
  #drop(id) {
    const place = this.#places.get(id);
    if (place === undefined) return;
    for (const piece of this.#known[place]?.pieces ?? []) {
      const holders = this.#holders.get(piece);
      holders?.delete(place);
      if (!holders?.size) this.#holders.delete(piece);
    }
    this.#known[place] = undefined;
    this.#places.delete(id);
    this.#free.push(place);
    this.version += 1;
  }
}

/** Both say what they ask for, and it is not the same. @param {Set<string>} some @param {Set<string>} others */
const apart = (some, others) => some.size > 0 && others.size > 0 && ![...some].some((each) => others.has(each));
