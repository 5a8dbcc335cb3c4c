/**
 * When the rest of the attendee's page is loaded: on a phone after the picture of the first slide, so that a slow
 * line brings that first; at once where something else is to be seen. page.js draws what is there by then.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {typeof import("./beside.js")} Beside
 */

import { openPolls } from "../../core/polling.js";

const LATEST_MS = 4_000; // a picture that has not come by then may never come
const AGAIN_MS = 2_000; // after a load that failed

export class Parts {
  /** What has been loaded. @type {Beside | null} */
  beside = null;
  /** The video's side of things, from then on. @type {InstanceType<Beside["VideoPane"]> | null} */
  pane = null;

  #page;
  #load;
  #asked = false;

  /** @param {Page} page @param {() => Promise<Beside>} [load] */
  constructor(page, load = fromServer) {
    this.#page = page;
    this.#load = load;
    // "load" of a picture does not bubble, but it can be caught on its way down
    for (const what of ["load", "error"]) page.root.addEventListener(what, () => this.want(), { capture: true, once: true });
    setTimeout(() => this.want(), LATEST_MS);
  }

  /** Asked at each drawing. @param {boolean} beside   whether there is room beside the slide, or a tab was chosen */
  refresh(beside) {
    if (!this.#asked && (beside || needed(this.#page))) this.want();
  }

  want() {
    if (this.#asked) return;
    this.#asked = true;
    this.#load().then(
      (beside) => {
        this.beside = beside;
        this.pane = new beside.VideoPane(this.#page);
        this.#page.redraw();
      },
      () => {
        setTimeout(() => {
          this.#asked = false;
          this.want();
        }, AGAIN_MS);
      },
    );
  }
}

/** The script with its style sheet. */
async function fromServer() {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: document.body.dataset.beside });
  const styled = new Promise((resolve) => {
    sheet.onload = sheet.onerror = resolve; // plain is better than nothing
  });
  document.head.append(sheet);
  const [beside] = await Promise.all([import("./beside.js"), styled]);
  return beside;
}

/** Whether there is more to see than a slide. @param {Page} page */
function needed(page) {
  const cue = page.cue();
  const video = page.store.get("video");
  const over = cue?.overlay?.kind;
  if (!cue?.slide || over === "poll" || over === "scores" || openPolls(page).length) return true;
  return !!video && video.kind !== "none" && page.viewing.place === "remote";
}
