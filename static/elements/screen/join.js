/**
 * The way in, as the hall sees it: the QR code, the address to type and the code. Large
 * on the holding board, beside an open poll, and as a line below everything else.
 *
 * @typedef {import("../../protocol.d.ts").BroadcastDoc} BroadcastDoc
 */

import { html, nothing } from "lit-html";
import { _ } from "../../core/i18n.js";
import { vars } from "../../core/vars.js";

const AGAIN_MS = 10_000; // a QR code that did not come is asked for again after that

/** QR code, address and code, one below the other. @param {BroadcastDoc} broadcast */
export function joinCard({ code, join_url }) {
  if (!code && !join_url) return nothing;
  return html`<div class="join" ${vars({ letters: host(join_url).length })}>
    <div class="join__qr">
      <img src=${`qr.svg?${code ?? ""}`} alt=${_("QR code to join")} @load=${came} @error=${again} />
    </div>
    <p class="join__how">${_("Scan, or open")}</p>
    <p class="join__host">${host(join_url)}</p>
    ${code ? html`<p class="join__code"><span>${_("Code")}</span> <b>${code}</b></p>` : nothing}
  </div>`;
}

/** The same in one line. @param {BroadcastDoc} broadcast */
export function address({ code, join_url }) {
  if (!code && !join_url) return nothing;
  return html`<span class="join__host" ${vars({ letters: host(join_url).length })}>${host(join_url)}</span>
    ${code ? html`<span>${_("Code")} <b class="join__letters">${code}</b></span>` : nothing}`;
}

/** What one types: the server's name; its front page takes the code. @param {string | null | undefined} url */
const host = (url) => new URL(url || "/", location.href).host;

/** @param {Event} event */
function came(event) {
  delete (/** @type {HTMLImageElement} */ (event.target).dataset.broken);
}

/** Until it comes its place is empty; the address and the code are enough. @param {Event} event */
function again(event) {
  const picture = /** @type {HTMLImageElement} */ (event.target);
  picture.dataset.broken = "";
  setTimeout(() => {
    if (picture.isConnected) picture.src = picture.getAttribute("src") ?? "";
  }, AGAIN_MS);
}
