/**
 * The page: puts store, clock, timeline, link and outbox together, and draws.
 * Each entry module (attendee, screen, desk, rundown) calls openPage() once and gives
 * page.show() a view: a function from the page to a lit-html template. It is drawn
 * after any change, at most once a frame, each second for what counts time, and in the
 * very frame of the video with which something changes. No view sets a timer of its own.
 */

import { nothing, render } from "lit-html";
import { Box } from "./box.js";
import { Clock } from "./clock.js";
import { Link } from "./link.js";
import { Outbox, randomId } from "./outbox.js";
import { countsDown, nextTurn } from "./polling.js";
import { Store, touches } from "./store.js";
import { Timeline } from "./timeline.js";
import { Media } from "./video/media.js";
import { Personal } from "./video/media-calibration.js";

const TICK_MS = 1_000; // clocks and countdowns show whole seconds

export class Page {
  store = new Store();
  clock = new Clock();
  timeline = new Timeline(this.store);
  /** Where this viewer is and what he sees of the video: the media clock, its rung, what he set. */
  viewing;
  /** Each gives the next moment after a media time, ms, at which this page looks different. @type {((media: number) => number | undefined)[]} */
  moments = [(media) => this.timeline.next(media), (media) => nextTurn(this.store, media)];
  /** @type {Link} */
  link;
  /** @type {Outbox} */
  outbox;
  /** What this drawing is about, for part.js: the docs that have changed, or null when anything may have. @type {import("./store.js").News} */
  news = null;
  root;
  slug;
  audience;
  lang;

  #view = (/** @type {Page} */ _page) => /** @type {unknown} */ (nothing);
  #asked = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What was drawn holds for media times from … to before. */
  #drawn = { from: Infinity, to: -Infinity };
  /** While it draws: one moment for the whole page, else a poll that closes meanwhile is open above and closed below. @type {number | undefined} */
  #moment;

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
    const personal = new Personal(`live:viewing:${this.slug}:${this.audience}`, localStorage);
    this.viewing = new Media({ now: () => this.now(), personal });
    if (first) this.#embed(/** @type {import("../protocol.d.ts").Welcome} */ (first));
    this.link = new Link({
      url: body.dataset.socket ?? "",
      store: this.store,
      clock: this.clock,
      onAnswer: (frame) => this.outbox.answer(frame),
      onState: () => this.#linkChanged(),
      watching: () => this.viewing.watching(),
    });
    const who = this.store.you?.participant ?? "";
    const box = new Box(`live:outbox:${this.slug}:${this.audience}:${who}`, randomId());
    this.outbox = new Outbox(box, (frame) => this.link.send(frame));
    this.outbox.onChange = () => this.redraw();
    this.store.subscribe((news) => this.#draw(news));
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
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#draw());
  }

  /**
   * From now on the frames of this player are what is seen here; null: there is none any more.
   * @param {import("./video/player.js").Playing & {onFrame: () => void, onChange: () => void, steady?: () => boolean} | null} player
   */
  follow(player) {
    this.viewing.follow(player);
    if (player) {
      player.onFrame = () => this.#frameShown();
      player.onChange = () => this.redraw();
      player.steady = () => countsDown(this); // everyone's twenty seconds are as long
    }
    this.redraw();
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
    return this.#moment ?? this.viewing.now();
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

  /** Another frame of the video: it goes with another picture, or it does not. */
  #frameShown() {
    if (this.#isDue(this.media())) this.#draw();
  }

  /** Whether what was drawn no longer holds. @param {number} media */
  #isDue(media) {
    return media < this.#drawn.from || media >= this.#drawn.to;
  }

  /** Puts it on the page. @param {import("./store.js").News} [news]  when nothing but these docs has changed */
  #draw(news = null) {
    const looked = this.store.reading(() => this.viewing.look(this.store, this.audience));
    const media = this.viewing.now();
    this.news = touches(news, looked) || this.#isDue(media) ? null : news; // by another clock all is different
    this.#moment = media;
    try {
      render(this.#view(this), this.root);
    } finally {
      this.#moment = undefined;
    }
    const next = Math.min(...this.moments.map((after) => after(media) ?? Infinity));
    this.#drawn = { from: media, to: next };
    clearTimeout(this.#timer);
    if (this.viewing.byFrames || next === Infinity) return; // then the frames say when
    this.#timer = setTimeout(() => this.redraw(), Math.min(next - this.media(), 2 ** 30)); // drawing took some of it
  }
}

/** The page of this document: reads the shell that the server wrote. */
export function openPage() {
  const root = /** @type {HTMLElement} */ (document.getElementById("page"));
  const first = document.getElementById("first")?.textContent?.trim();
  return new Page(document.body, root, first ? JSON.parse(first) : null);
}
