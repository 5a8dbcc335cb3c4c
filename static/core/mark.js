/**
 * The running mark: the server's wall-clock second modulo 100, as an element that changes
 * exactly on the second. On the hall's screen and as an overlay in the stream's picture it
 * goes out with the video; who watches a player without a clock types the two digits that
 * he sees. It sets one timer a second, aimed anew each time, and asks nobody the time.
 */

const SECOND_MS = 1_000;
const LATE_MS = 4; // a timer may fire a little early: then the digits would be those of before

/**
 * @param {() => number} now   the server's clock, ms
 * @param {string} look        the element's class
 */
export function runningMark(now, look) {
  const face = document.createElement("div");
  face.className = look;
  face.setAttribute("aria-hidden", "true"); // a reader that says a number each second says nothing else
  const tick = () => {
    face.textContent = digits(now());
    setTimeout(tick, SECOND_MS - (now() % SECOND_MS) + LATE_MS);
  };
  tick();
  return face;
}

/** @param {number} at  ms */
export const digits = (at) => String(Math.floor(at / SECOND_MS) % 100).padStart(2, "0");
