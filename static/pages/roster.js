/**
 * The roster's page: opens a file into the field, whichever way its Chinese is written, and takes back a
 * preview that no longer is one. Without it a table is pasted.
 */

import { _ } from "../core/i18n.js";

const LARGEST = 4 * 1024 * 1024; // bytes: 20,000 people
const ZIP = "PK"; // what a workbook begins with

const table = /** @type {HTMLTextAreaElement} */ (document.getElementById("table"));
const opener = /** @type {HTMLElement} */ (document.querySelector("[data-open-file]"));
const chosen = /** @type {HTMLInputElement} */ (opener.querySelector("input"));
const problem = /** @type {HTMLElement} */ (document.querySelector("[data-file-problem]"));
const preview = /** @type {HTMLElement | null} */ (document.querySelector("#preview-title")?.closest("section") ?? null);

opener.hidden = false;
chosen.addEventListener("change", () => void open(chosen.files?.[0]));
table.addEventListener("input", () => {
  if (preview) preview.hidden = true;
});

/** @param {File | undefined} file */
async function open(file) {
  chosen.value = "";
  if (!file) return;
  const bytes = file.size > LARGEST ? null : new Uint8Array(await file.arrayBuffer());
  const said = bytes ? refusal(bytes) : _("This file is too large for a roster.");
  problem.textContent = said;
  problem.hidden = !said;
  if (!bytes || said) return;
  table.value = decode(bytes);
  table.form?.submit();
}

/** @param {Uint8Array} bytes */
function refusal(bytes) {
  if (String.fromCharCode(...bytes.slice(0, 2)) !== ZIP) return "";
  return _("This is a workbook. Save it as CSV, or copy its columns and paste them here.");
}

/** UTF-16 and UTF-8 say what they are; what is neither is what Excel writes in China. @param {Uint8Array} bytes */
function decode(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
