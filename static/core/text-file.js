/**
 * A text file into a field of a form, whichever way its Chinese is written. Used by the
 * pages that take a table: the roster and the polls. Without it the text is pasted.
 *
 * @typedef {object} Reading
 * @property {HTMLTextAreaElement} field
 * @property {number} largest      bytes
 * @property {string} tooLarge     what to say then
 * @property {() => void} onRead
 */

import { _ } from "./i18n.js";

const ZIP = "PK"; // what a workbook begins with

/** Shows the button that opens a file, and the line for what is wrong with it. @param {Reading} reading */
export function openTextFile(reading) {
  const opener = /** @type {HTMLElement} */ (document.querySelector("[data-open-file]"));
  const chosen = /** @type {HTMLInputElement} */ (opener.querySelector("input"));
  const problem = /** @type {HTMLElement} */ (document.querySelector("[data-file-problem]"));
  opener.hidden = false;
  chosen.addEventListener("change", async () => {
    const file = chosen.files?.[0];
    chosen.value = "";
    if (!file) return;
    const said = await read(file, reading);
    problem.textContent = said;
    problem.hidden = !said;
  });
}

/** What is wrong with the file; nothing: it stands in the field now. @param {File} file @param {Reading} reading */
async function read(file, { field, largest, tooLarge, onRead }) {
  if (file.size > largest) return tooLarge;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (String.fromCharCode(...bytes.slice(0, 2)) === ZIP) {
    return _("This is a workbook. Save it as CSV, or copy its columns and paste them here.");
  }
  field.value = decode(bytes);
  onRead();
  return "";
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
