/**
 * The last of a list for which something holds: findLast() and findLastIndex(), which the in-app browsers
 * of our readers do not all have yet. Of lists in the order of time, it is what was so at a moment.
 */

/** Its place, or -1. @template T @param {readonly T[]} list @param {(each: T) => boolean} holds */
export function lastPlace(list, holds) {
  for (let place = list.length - 1; place >= 0; place -= 1) if (holds(/** @type {T} */ (list[place]))) return place;
  return -1;
}

/** @template T @param {readonly T[]} list @param {(each: T) => boolean} holds @returns {T | undefined} */
export const lastOf = (list, holds) => list[lastPlace(list, holds)];
