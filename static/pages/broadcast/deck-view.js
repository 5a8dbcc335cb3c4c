/**
 * The deck on a broadcast's page: a place to drop a file, how far it is, and its pages as they appear.
 *
 * @typedef {import("./deck-upload.js").Told} Told
 */

import { html, nothing, render } from "lit-html";
import { _, ngettext } from "../../core/i18n.js";
import { warning } from "../../core/icons.js";
import { percent } from "../../core/text.js";
import { DeckUpload } from "./deck-upload.js";

const ACCEPTED = ".pdf,.pptx,.ppt,.odp,.png,.jpg,.jpeg,.webp,.zip";

export function deckView() {
  const root = document.getElementById("deck-view");
  const first = document.getElementById("deck-state")?.textContent;
  if (!root || !first) return;
  const address = `/broadcasts/${root.dataset.slug}/deck`;
  root.replaceChildren();
  const draw = () => render(view(upload), root);
  /** @type {DeckUpload} */
  const upload = new DeckUpload(address, JSON.parse(first), Number(root.dataset.maxMb), draw);
  dropping(/** @type {HTMLElement} */ (root.closest("section") ?? root), (file) => upload.send(file));
  draw();
}

/** @param {DeckUpload} upload */
function view(upload) {
  const { told } = upload;
  const busy = upload.sent !== null || told.state === "rendering";
  return html`<div class="stack">
    ${problem(upload)} ${upload.sent !== null ? sending(upload) : drawing(told)}
    ${busy && upload.sent !== null ? nothing : place(upload)} ${pages(told)}
  </div>`;
}

/** @param {DeckUpload} upload */
function problem(upload) {
  const failed = upload.sent === null && upload.told.state === "failed" ? upload.told.problem : "";
  const said = upload.problem || failed;
  if (!said) return nothing;
  const kept = upload.told.in_use;
  return html`<div class="notice notice--danger" role="alert">
    ${warning()}
    <div>
      <p>${said}</p>
      ${kept ? html`<p class="soft">${_("“{name}” stays in use.", { name: kept })}</p>` : nothing}
    </div>
  </div>`;
}

/** @param {DeckUpload} upload */
function sending(upload) {
  const share = upload.sent ?? 0;
  return html`<div class="stack stack--tight">
    <p class="row row--between">
      <span class="grow">${_("Uploading “{name}”", { name: upload.sending })}</span
      ><span class="number">${percent(share)}</span>
    </p>
    <progress class="progress" max="1" .value=${share} aria-label=${_("Upload")}></progress>
    <p><button class="button button--small" type="button" @click=${() => upload.cancel()}>${_("Cancel")}</button></p>
  </div>`;
}

/** @param {Told} told */
function drawing(told) {
  if (told.state === "none" || told.state === "failed") return nothing;
  if (told.state === "ready")
    return html`<p role="status">
      <b>${told.name}</b> <span class="soft">${ngettext("{n} page", "{n} pages", told.pages ?? 0)}</span>
    </p>`;
  const page = told.slides.length;
  const said = told.pages === null ? _("Opening …") : _("Page {n} of {all}", { n: page, all: told.pages });
  return html`<div class="stack stack--tight">
    <p class="row row--between"><b class="grow">${told.name}</b><span class="number">${said}</span></p>
    <progress
      class="progress"
      max=${told.pages ?? 1}
      .value=${page}
      aria-label=${_("Preparing the pages")}
    ></progress>
  </div>`;
}

/** @param {DeckUpload} upload */
function place(upload) {
  const { told, maxMb } = upload;
  const again = told.state === "ready" || told.state === "rendering";
  const chosen = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    input.value = ""; // so that the same file can be chosen again
    if (file) upload.send(file);
  };
  return html`<div class="drop ${again ? "drop--small" : ""}">
    <label class="button file-button ${again ? "" : "button--primary"}">
      ${again ? _("Replace the deck …") : _("Choose the deck …")}
      <input type="file" accept=${ACCEPTED} @change=${chosen} />
    </label>
    <p class="soft">
      ${_("or drop it here. PDF, PowerPoint, OpenDocument or pictures, at most {max_mb} MB.", { max_mb: maxMb })}
    </p>
  </div>`;
}

/** @param {Told} told */
function pages(told) {
  if (!told.slides.length) return nothing;
  return html`<ol class="thumbs thumbs--deck" tabindex="0" aria-label=${_("Pages of the deck")}>
    ${told.slides.map(
      ({ number, thumb }) =>
        html`<li class="thumb">
          <img src=${thumb} alt=${_("Slide {n}", { n: number })} loading="lazy" decoding="async" />
          <span class="thumb__number" aria-hidden="true">${number}</span>
        </li>`,
    )}
  </ol>`;
}

/** @param {HTMLElement} area @param {(file: File) => void} onFile */
function dropping(area, onFile) {
  const over = (/** @type {boolean} */ is) => area.classList.toggle("section--over", is);
  area.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  area.addEventListener("dragleave", (event) => {
    if (!area.contains(/** @type {Node | null} */ (event.relatedTarget))) over(false);
  });
  area.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    over(false);
    if (!file) return;
    event.preventDefault();
    onFile(file);
  });
}
