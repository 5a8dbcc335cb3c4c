/**
 * A deck on its way: sends the file, then asks how far it has been drawn until it is ready or has failed.
 * It tells `onChange` of every step and draws nothing.
 *
 * @typedef {object} Told        what the server says (live/pages/deck_upload.py)
 * @property {"none" | "rendering" | "ready" | "failed"} state
 * @property {string} name
 * @property {number | null} pages
 * @property {string} problem
 * @property {string} in_use
 * @property {{number: number, thumb: string}[]} slides
 */

import { _ } from "../../core/i18n.js";

const MIB = 1024 * 1024;
const ASK_MS = 400; // a page is drawn in about 100 ms: each look finds some new ones
const AGAIN_MS = 3_000; // after a question that got no answer

export class DeckUpload {
  /** @type {Told} */
  told;
  /** How much of the file has been sent, 0 to 1; null: nothing is being sent. @type {number | null} */
  sent = null;
  sending = "";
  problem = "";

  /** @type {XMLHttpRequest | null} */
  #request = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} address @param {Told} told @param {number} maxMb @param {() => void} onChange */
  constructor(address, told, maxMb, onChange) {
    this.address = address;
    this.told = told;
    this.maxMb = maxMb;
    this.onChange = onChange;
    if (told.state === "rendering") this.#askSoon(ASK_MS);
  }

  /** @param {File} file */
  send(file) {
    this.cancel();
    this.problem = this.#refusal(file);
    if (!this.problem) this.#start(file);
    this.onChange();
  }

  cancel() {
    this.#request?.abort();
    this.#request = null;
    this.sent = null;
    this.onChange();
  }

  /** What the server would say anyway, but only after the file is there. @param {File} file */
  #refusal(file) {
    if (!file.size) return _("There is nothing in this file. Choose the deck again and upload it.");
    if (file.size <= this.maxMb * MIB) return "";
    return _("This deck is larger than {max_mb} MB. Save it with smaller pictures and upload it again.", {
      max_mb: this.maxMb,
    });
  }

  /** @param {File} file */
  #start(file) {
    clearTimeout(this.#timer);
    const request = (this.#request = new XMLHttpRequest()); // fetch cannot say how much it has sent
    this.sent = 0;
    this.sending = file.name;
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.sent = event.loaded / event.total;
      this.onChange();
    });
    request.addEventListener("load", () => this.#answered(request));
    request.addEventListener("error", () => this.#lost());
    request.open("PUT", this.address);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  }

  /** @param {XMLHttpRequest} request */
  #answered(request) {
    if (request !== this.#request) return;
    this.#request = null;
    this.sent = null;
    if (request.status === 202) this.#take(request.response);
    else this.problem = request.response?.problem ?? unknown();
    this.onChange();
  }

  #lost() {
    this.#request = null;
    this.sent = null;
    this.problem = _("The connection was lost before the deck was there. Upload it again.");
    if (this.told.state === "rendering") this.#askSoon(AGAIN_MS);
    this.onChange();
  }

  /** @param {Told} told */
  #take(told) {
    this.told = told;
    if (told.state === "rendering") this.#askSoon(ASK_MS);
  }

  /** @param {number} ms */
  #askSoon(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), ms);
  }

  async #ask() {
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" } });
      if (this.sent !== null) return; // another file is on its way meanwhile
      if (answer.status === 401) this.problem = (await answer.json()).problem;
      else if (answer.ok) this.#take(await answer.json());
      else throw new Error(String(answer.status));
    } catch {
      this.#askSoon(AGAIN_MS);
    }
    this.onChange();
  }
}

const unknown = () => _("The server could not take the deck. Upload it again in a moment.");
