/**
 * The roster's page: opens a file into the field, and takes back a preview that no longer
 * is one. Without it a table is pasted.
 */

import { _ } from "../core/i18n.js";
import { openTextFile } from "../core/text-file.js";

const LARGEST = 4 * 1024 * 1024; // bytes: 20,000 people

const table = /** @type {HTMLTextAreaElement} */ (document.getElementById("table"));
const preview = /** @type {HTMLElement | null} */ (document.querySelector("#preview-title")?.closest("section") ?? null);

openTextFile({
  field: table,
  largest: LARGEST,
  tooLarge: _("This file is too large for a roster."),
  onRead: () => table.form?.submit(),
});
table.addEventListener("input", () => {
  if (preview) preview.hidden = true;
});
