/**
 * After the network held a live video up it is further behind than before, and would stay
 * so. Then it plays a little faster, which nobody hears, until it is where it was. Who has
 * paused or sought is where he wants to be, and is left there until he goes to live.
 * Asked by player.js at each look; it knows no video and no time.
 */

const FAR_S = 2; // so much further behind than usual is worth a catch-up …
const NEAR_S = 0.4; // … until it is that near
const LONG_S = 8; // more than that is caught up with faster
const RATE = 1.05;
const FASTER = 1.1; // above that voices sound hurried
const ENOUGH_S = 3; // in the buffer: to go faster with less would hold it up again …
const LITTLE_S = 1.5; // … and with so little it goes on as usual

export class CatchUp {
  rate = 1;
  #on = true;
  /** How far behind it is when nothing holds it up, s. @type {number | undefined} */
  #usual;

  /** From here on it is at the newest, or soon will be. */
  begin() {
    this.rate = 1;
    this.#on = true;
    this.#usual = undefined;
  }

  /** The viewer has chosen another place. */
  leave() {
    this.rate = 1;
    this.#on = false;
  }

  /**
   * The rate to play at.
   * @param {number | undefined} late  s behind the newest; undefined: it does not play, or is not live
   * @param {number} ahead  s in the buffer
   */
  look(late, ahead) {
    if (late !== undefined) this.#usual ??= late;
    const over = late === undefined || !this.#on ? 0 : late - (this.#usual ?? late);
    const running = this.rate > 1;
    if (over < (running ? NEAR_S : FAR_S) || ahead < (running ? LITTLE_S : ENOUGH_S)) this.rate = 1;
    else this.rate = over > LONG_S ? FASTER : Math.max(this.rate, RATE);
    return this.rate;
  }
}
