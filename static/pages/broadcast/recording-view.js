/**
 * The upload of a recording on a broadcast's page: in pieces, so that a broken connection, a closed page or a
 * new start of the server cost a piece and not the file. What is there the server says; nothing is kept here.
 */

import { html, nothing, render } from "lit-html";
import { _ } from "../../core/i18n.js";
import { warning } from "../../core/icons.js";
import { percent } from "../../core/text.js";

const GIB = 1024 ** 3;
const PIECE = 8 * 1024 ** 2; // bytes: a second or two on an ordinary line
const AGAIN_MS = [1_000, 2_000, 5_000, 10_000, 30_000]; // after a connection that broke

class RecordingUpload {
  /** @type {File | null} */
  file = null;
  /** Bytes that the server has. */
  received = 0;
  problem = "";
  waiting = false;

  /** @type {XMLHttpRequest | null} */
  #request = null;
  #tries = 0;

  /** @param {string} address @param {number} maxGb @param {() => void} draw @param {() => void} done */
  constructor(address, maxGb, draw, done) {
    this.address = address;
    this.maxGb = maxGb;
    this.draw = draw;
    this.done = done;
  }

  /** @param {File} file */
  begin(file) {
    this.stop();
    this.problem =
      file.size > this.maxGb * GIB
        ? _("This recording is larger than {max} GB. Whoever runs the server can allow more (--recording-gb).", {
            max: this.maxGb,
          })
        : "";
    this.file = this.problem ? null : file;
    this.received = 0;
    if (this.file) this.#send(0);
    this.draw();
  }

  stop() {
    this.#request?.abort();
    this.#request = null;
    this.file = null;
    this.draw();
  }

  /** One piece; that the file is new to the server, or how much of it is there, its answer says. @param {number} at */
  #send(at) {
    const { file } = this;
    if (!file) return;
    const request = (this.#request = new XMLHttpRequest()); // fetch cannot say how much it has sent
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded }) => this.#came(at + loaded));
    request.addEventListener("load", () => request === this.#request && this.#answered(request));
    request.addEventListener("error", () => request === this.#request && this.#later());
    request.open("PUT", this.address);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("X-File-Size", String(file.size));
    request.setRequestHeader("X-File-At", String(at));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file.slice(at, at + PIECE));
  }

  /** @param {number} received */
  #came(received) {
    this.received = received;
    this.draw();
  }

  /** @param {XMLHttpRequest} request */
  #answered({ status, response }) {
    if (status === 200 || status === 409) {
      this.#came(response.received);
      if (response.done) return this.done();
      // Refused where it is: somebody else, or what is left of a broken connection, is still writing.
      if (status === 409 && this.#tries > 0) return this.#later();
      this.#tries = status === 409 ? 1 : 0;
      this.#send(response.received);
    } else if (status >= 500 && status !== 507) {
      this.#later();
    } else {
      this.problem = response?.problem ?? _("The server could not take the recording. Try again in a moment.");
      this.stop();
    }
  }

  #later() {
    const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)] ?? 0;
    const { file } = this;
    this.#tries += 1;
    this.waiting = true;
    this.draw();
    setTimeout(() => {
      this.waiting = false;
      if (this.file === file) this.#send(this.received);
    }, wait);
  }
}

export function recordingView() {
  const root = document.getElementById("recording-view");
  if (!root) return;
  const draw = () => render(view(upload), root);
  /** @type {RecordingUpload} */
  const upload = new RecordingUpload(
    `/broadcasts/${root.dataset.slug}/recording/file`,
    Number(root.dataset.maxGb),
    draw,
    () => location.replace(`${location.pathname}?recording#recording`),
  );
  addEventListener("beforeunload", (event) => upload.file && event.preventDefault());
  draw();
}

/** @param {RecordingUpload} upload */
function view(upload) {
  return html`<div class="stack">
    ${upload.problem ? html`<div class="notice notice--danger" role="alert">${warning()}<p>${upload.problem}</p></div>` : nothing}
    ${upload.file ? sending(upload, upload.file) : place(upload)}
  </div>`;
}

/** @param {RecordingUpload} upload @param {File} file */
function sending(upload, file) {
  const share = upload.received / file.size;
  return html`<div class="stack stack--tight">
    <p class="row row--between">
      <span class="grow">${_("Uploading “{name}”", { name: file.name })}</span><span class="number">${percent(share)}</span>
    </p>
    <progress class="progress" max="1" .value=${share} aria-label=${_("Upload")}></progress>
    <p class="soft small">
      ${
        upload.waiting
          ? _("The connection broke; it goes on by itself.")
          : _("Keep this page open. If it is interrupted, choose the same file again, and it goes on from there.")
      }
    </p>
    <p><button class="button button--small" type="button" @click=${() => upload.stop()}>${_("Cancel")}</button></p>
  </div>`;
}

/** @param {RecordingUpload} upload */
function place(upload) {
  const chosen = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    input.value = ""; // so that the same file can be chosen again
    if (file) upload.begin(file);
  };
  return html`<div class="drop drop--small">
    <label class="button file-button">
      ${_("Upload a recording …")}
      <input type="file" name="recording" accept=".mp4,.m4v,.webm,video/mp4,video/webm" @change=${chosen} />
    </label>
    <p class="soft">${_("MP4 or WebM, at most {max} GB.", { max: upload.maxGb })}</p>
  </div>`;
}
