/**
 * The page: puts store, clock, timeline, link and outbox together, and draws.
 * Each entry module (attendee, screen, desk, rundown) calls openPage() once and gives
 * page.show() a view: a function from the page to a lit-html template. It is drawn
 * after any change, at most once a frame, and each second for what counts time.
 * No view sets a timer of its own.
 */

import { nothing, render } from "lit-html";
import { Box } from "./box.js";
import { Clock } from "./clock.js";
import { Link } from "./link.js";
import { Outbox, randomId } from "./outbox.js";
import { Store } from "./store.js";
import { Timeline } from "./timeline.js";

const TICK_MS = 1_000; // clocks and countdowns show whole seconds

export class Page {
  store = new Store();
  clock = new Clock();
  timeline = new Timeline(this.store);
  /** @type {Link} */
  link;
  /** @type {Outbox} */
  outbox;
  root;
  slug;
  audience;
  lang;

  #view = (/** @type {Page} */ _page) => /** @type {unknown} */ (nothing);
  #asked = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #cue;

  /**
   * @param {HTMLElement} body      carries data-slug, data-audience, data-socket, data-lang
   * @param {HTMLElement} root      what the page draws into
   * @param {unknown} first         the embedded welcome frame, if there is one
   */
  constructor(body, root, first) {
    this.root = root;
    this.slug = body.dataset.slug ?? "";
    this.audience = body.dataset.audience ?? "";
    this.lang = body.dataset.lang ?? document.documentElement.lang;
    if (first) this.#embed(/** @type {import("../protocol.d.ts").Welcome} */ (first));
    this.link = new Link({
      url: body.dataset.socket ?? "",
      store: this.store,
      clock: this.clock,
      onAnswer: (frame) => this.outbox.answer(frame),
      onState: () => this.#linkChanged(),
    });
    const who = this.store.you?.participant ?? "";
    const box = new Box(`live:outbox:${this.slug}:${this.audience}:${who}`, randomId());
    this.outbox = new Outbox(box, (frame) => this.link.send(frame));
    this.outbox.onChange = () => this.redraw();
    this.store.subscribe(() => this.#draw());
  }

  /**
   * Draws with this view from now on, and opens the link.
   * @param {(page: Page) => unknown} view
   */
  show(view) {
    this.#view = view;
    this.#draw();
    this.link.start();
    setInterval(() => this.redraw(), TICK_MS);
  }

  /** Draw soon: something the view depends on has changed. */
  redraw() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#draw();
    });
  }

  /** The server's time now, ms. */
  now() {
    return this.clock.now();
  }

  /** The media clock: the server's time, ms, of the moment in the hall that this viewer sees. */
  media() {
    return this.now();
  }

  /** The stage as this viewer sees it. */
  cue() {
    return this.timeline.at(this.media());
  }

  /** @param {import("../protocol.d.ts").Welcome} first */
  #embed(first) {
    this.clock.hint(first.now);
    this.store.apply(first);
  }

  #linkChanged() {
    if (this.link.state === "live") this.outbox.flush();
    else this.outbox.hold();
    this.redraw();
  }

  #draw() {
    render(this.#view(this), this.root);
    clearTimeout(this.#cue);
    const next = this.timeline.next(this.now());
    if (next !== undefined) this.#cue = setTimeout(() => this.redraw(), Math.min(next - this.now(), 2 ** 30));
  }
}

/** The page of this document: reads the shell that the server wrote. */
export function openPage() {
  const root = /** @type {HTMLElement} */ (document.getElementById("page"));
  const first = document.getElementById("first")?.textContent?.trim();
  return new Page(document.body, root, first ? JSON.parse(first) : null);
}
