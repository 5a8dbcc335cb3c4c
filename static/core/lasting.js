/**
 * What is derived from other things, and kept as long as these are the same: the sorted list of a
 * family, say, which stays one and the same array until a doc in it changes (see Store.family). Only the last
 * one is kept, so nothing grows. It compares by identity and knows nothing of what it keeps.
 */

/**
 * Gives what it gave before when it is asked with the very same things.
 * @template {unknown[]} Given
 * @template Made
 * @param {(...given: Given) => Made} make
 * @returns {(...given: Given) => Made}
 */
export function lasting(make) {
  /** @type {{given: Given, made: Made} | undefined} */
  let last;
  return (...given) => {
    if (!last || given.some((each, place) => each !== last?.given[place])) last = { given, made: make(...given) };
    return last.made;
  };
}
