/**
 * The scale of a result's bars. A bar is as long as its votes on a scale that everybody who has
 * voted fits, and the pale track behind it as long as all of them: the one is its share of the
 * other. While votes come in the scale holds for a while and then takes one step, so that a bar
 * that gains votes grows and no other shrinks; once they are counted the tracks are full.
 * Pure: it is given counts and gives numbers from 0 to 1, always in the order of the ballot.
 */

const STEPS = [1, 1.5, 2, 3, 5, 7]; // of a power of ten: the fullest track is never below 60 % of the width
const LEAST = 5; // votes: the first one is no full bar

/** The end of the scale for so many votes: the next step that holds them. @param {number} votes */
export function scaleEnd(votes) {
  if (votes <= LEAST) return LEAST;
  const power = 10 ** Math.floor(Math.log10(votes));
  const step = STEPS.find((each) => Math.ceil(each * power) >= votes) ?? 10;
  return Math.ceil(step * power);
}

/**
 * The lengths of the bars, 0 to 1, and of the track behind each of them.
 * @param {number[]} counts   votes for each, in the ballot's order
 * @param {number} all        that a count could reach: mostly all who have voted
 * @param {boolean} growing   votes still come in
 * @returns {{track: number, bars: number[]}}
 */
export function lengths(counts, all, growing) {
  const end = growing ? scaleEnd(all) : Math.max(1, all);
  return { track: all / end, bars: counts.map((count) => count / end) };
}
