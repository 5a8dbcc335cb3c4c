/**
 * The page of a broadcast's polls: shows at once what is chosen, ticks all, and opens a
 * file into the field. Without it there are buttons to press and a field to paste into.
 */

import { _ } from "../core/i18n.js";
import { openTextFile } from "../core/text-file.js";

const LARGEST = 256 * 1024; // bytes: 60 polls with everything in them

const source = /** @type {HTMLSelectElement | null} */ (document.querySelector("select[data-at-once]"));
source?.addEventListener("change", () => source.form?.submit());
const show = /** @type {HTMLElement | null} */ (document.querySelector("button[data-at-once]"));
if (show) show.hidden = true;

const all = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-tick-all]"));
if (all) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (all.form?.querySelectorAll("input[type=checkbox]:enabled"));
    const on = [...boxes].some((box) => !box.checked);
    for (const box of boxes) box.checked = on;
  });
}

openTextFile({
  field: /** @type {HTMLTextAreaElement} */ (document.getElementById("file")),
  largest: LARGEST,
  tooLarge: _("This file is too large: no more than 60 polls at once."),
  onRead: () => {},
});
