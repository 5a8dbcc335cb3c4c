/**
 * The link: one WebSocket to the broadcast, kept open for hours. It says hello with
 * what the store has, applies welcome and patch to the store, feeds the clock, hands
 * answers to the outbox, and comes back by itself after any interruption.
 * It never keeps a command (the outbox does) and never draws.
 *
 * @typedef {"catching_up" | "live" | "lost" | "ended"} LinkState  ended = revoked, no coming back
 * @typedef {import("../protocol.d.ts").Down} Down
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./clock.js").Clock} Clock
 * @typedef {object} Wires
 * @property {string} url            the socket's path
 * @property {Store} store
 * @property {Clock} clock
 * @property {(frame: import("./outbox.js").Answer) => void} onAnswer
 * @property {() => void} onState    the state changed
 * @property {() => {rung: string, media_at?: number, playing: boolean}} [watching]
 */

const BASE_MS = 500; // reconnect: full jitter over 0.5 s, 1 s, 2 s …
const CAP_MS = 20_000; // … up to 20 s
const FIRST_MS = 2_000; // first try somewhere in 0-2 s: a whole hall comes back at once
const SILENCE_MS = 45_000; // two pulses unanswered: the socket is dead, whatever it says
const PULSE_MS = 20_000; // keeps NATs open and is the evidence of attendance
const STRAY_MS = 1_000; // a video that is this much further behind than was told: a poll must wait for it …
const STRAYED_EVERY_MS = 2_000; // … and to say so this often is enough
const OPEN_MS = 10_000; // a handshake that takes longer is tried again
const WAKE_MS = 5_000; // a phone from the pocket has an answer by then, or a dead socket
const SLEPT_MS = 10_000; // the watch comes every second: so late, the browser held its timers back
const LONG_MS = 75_000; // … to once a minute in a hidden tab; silent for longer, the device itself slept

export class Link {
  /** @type {LinkState} */
  state = "catching_up";
  /** When the link was last live (device clock), for "lost since". */
  lostAt = 0;
  /** Code of the last bye, if the server ended this link for good. */
  reason = "";

  #wires;
  /** @type {WebSocket | null} */
  #socket = null;
  #tries = 0;
  #heard = 0;
  #pulsed = 0;
  /** By which clock the page follows, and how far behind the hall it was, when it last said so. */
  #told = { rung: "now", behind: 0 };
  #watched = Infinity; // when the watch last came
  #dead = Infinity; // drop the socket if nothing was heard by then
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {number | undefined} the server's wish for the next try */
  #wish;

  /** @param {Wires} wires */
  constructor(wires) {
    this.#wires = wires;
  }

  /** Opens the link and keeps it. Called once. */
  start() {
    this.#open();
    setInterval(() => this.#watch(), 1_000);
    document.addEventListener("visibilitychange", () => this.#wake());
    addEventListener("online", () => this.#wake());
    addEventListener("pageshow", (event) => event.persisted && this.#wake());
    addEventListener("offline", () => this.#drop());
  }

  /**
   * Sends one frame. False = no socket that could take it now.
   * @param {object} frame
   */
  send(frame) {
    if (this.state !== "live" || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  // The socket's life ---------------------------------------------------------

  #open() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const url = new URL(this.#wires.url, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#dead = Infinity;
    this.#heard = Date.now();
    socket.onopen = () => socket === this.#socket && this.#hello();
    socket.onmessage = (event) => socket === this.#socket && this.#hear(event.data);
    socket.onclose = () => socket === this.#socket && this.#lose();
  }

  #hello() {
    const { store } = this.#wires;
    this.#heard = Date.now();
    this.#become("catching_up");
    const known = store.seq >= 0 ? { since: store.seq, epoch: store.epoch } : {};
    const visible = document.visibilityState === "visible";
    this.#socket?.send(JSON.stringify({ type: "hello", visible, ...known }));
  }

  /** @param {string} data */
  #hear(data) {
    this.#heard = Date.now();
    this.#dead = Infinity;
    /** @type {Down} */
    const frame = JSON.parse(data);
    switch (frame.type) {
      case "welcome":
      case "patch":
        this.#take(frame);
        break;
      case "pulse":
        this.#wires.clock.sample(frame.t, frame.now);
        if (frame.seq > this.#wires.store.seq && this.state === "live") this.#checkHead(frame.seq);
        break;
      case "done":
      case "rejected":
        this.#wires.onAnswer(frame);
        break;
      case "bye":
        this.#bye(frame);
    }
  }

  /** @param {import("../protocol.d.ts").Welcome | import("../protocol.d.ts").Patch} frame */
  #take(frame) {
    const { store, clock } = this.#wires;
    if (frame.type === "welcome") clock.hint(frame.now);
    else clock.floor(frame.at);
    if (!store.apply(frame)) {
      this.#hello(); // a gap: ask for what is between
      return;
    }
    this.#tries = 0;
    if (this.state !== "live") {
      this.#become("live");
      this.#pulse();
    }
  }

  /**
   * The server is ahead of us although nothing is under way: wait a moment for a
   * patch that crossed the pulse, then ask.
   * @param {number} head
   */
  #checkHead(head) {
    setTimeout(() => {
      if (this.state === "live" && this.#wires.store.seq < head) this.#hello();
    }, 2_000);
  }

  /** @param {import("../protocol.d.ts").Bye} frame */
  #bye(frame) {
    if (frame.code === "revoked") {
      this.reason = frame.code;
      this.#forget();
      this.#become("ended");
      return;
    }
    this.#wish = frame.retry_ms ?? undefined;
    this.#drop();
  }

  #drop() {
    if (this.state === "ended") return;
    this.#forget();
    this.#lose();
  }

  #forget() {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #lose() {
    this.#socket = null;
    if (this.state !== "lost") this.lostAt = Date.now();
    this.#become("lost");
    const span = this.#tries === 0 ? FIRST_MS : Math.min(CAP_MS, BASE_MS * 2 ** this.#tries);
    this.#tries += 1;
    const delay = (this.#wish ?? 0) + Math.random() * span;
    this.#wish = undefined;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), delay);
  }

  // Watching ------------------------------------------------------------------

  /** Once a second: is the socket alive, is a pulse due? */
  #watch() {
    const now = Date.now();
    const slept = now - this.#watched > SLEPT_MS;
    this.#watched = now;
    if (!this.#socket) return;
    if (slept && now < this.#dead) return this.#ask(); // nobody was asked meanwhile: its silence says nothing
    const silent = now - this.#heard;
    const connecting = this.#socket.readyState === WebSocket.CONNECTING;
    if (silent > (connecting ? OPEN_MS : SILENCE_MS) || now > this.#dead) this.#drop();
    else if (now - this.#pulsed >= (this.#strayed() ? STRAYED_EVERY_MS : PULSE_MS)) this.#pulse();
  }

  /** After a seek or a stall the page follows elsewhere than it has said; a pause will be told in time. */
  #strayed() {
    const { rung, behind, playing } = this.#place();
    return playing && (rung !== this.#told.rung || Math.abs(behind - this.#told.behind) > STRAY_MS);
  }

  /** Where this page is in the broadcast. */
  #place() {
    const watching = this.#wires.watching?.() ?? { rung: "now", playing: false };
    const now = this.#wires.clock.now();
    return { ...watching, behind: now - (watching.media_at ?? now) };
  }

  /** A pulse that must be answered soon. */
  #ask() {
    this.#pulse();
    this.#dead = Date.now() + WAKE_MS;
  }

  #pulse() {
    const { behind, ...watching } = this.#place();
    const t = this.#wires.clock.local();
    const visible = document.visibilityState === "visible";
    if (!this.send({ type: "pulse", t, visible, ...watching })) return;
    this.#pulsed = Date.now();
    this.#told = { rung: watching.rung, behind };
  }

  /** Someone looks at the page, or the network came back: do not wait. */
  #wake() {
    if (this.state === "ended") return;
    const visible = document.visibilityState === "visible";
    if (visible && this.state === "live" && Date.now() - this.#heard > LONG_MS) {
      this.#drop(); // it may take minutes to notice that nobody is there
      this.#open();
    } else if (this.state === "live") {
      if (visible) this.#ask();
      else this.#pulse();
    } else if (!this.#socket && (visible || navigator.onLine)) {
      this.#open();
    }
  }

  /** @param {LinkState} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#wires.onState();
  }
}
