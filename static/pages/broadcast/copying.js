/**
 * Buttons that copy a link, and the switch that saves itself. Without this script a link is copied by hand,
 * and the switch has a button beside it.
 */

import { _ } from "../../core/i18n.js";

const SAID_MS = 2_000; // long enough to be read, short enough to copy the next

export function copyButtons() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const element = /** @type {HTMLButtonElement} */ (button);
    element.hidden = false;
    element.addEventListener("click", () => void copy(element));
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const words = button.querySelector("span");
  const field = /** @type {HTMLInputElement | null} */ (
    button.closest(".invite__link")?.querySelector("input") ?? null
  );
  const copied = (await toClipboard(button.dataset.copy ?? "")) || byHand(field);
  if (!words) return;
  const before = (button.dataset.words ??= words.textContent ?? "");
  words.textContent = copied ? _("Copied") : _("Press Ctrl+C");
  setTimeout(() => (words.textContent = before), SAID_MS);
}

/** @param {string} text */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text); // only there over https, or on this very machine
    return true;
  } catch {
    return false;
  }
}

/** Mark the address and use the old way. @param {HTMLInputElement | null} field */
function byHand(field) {
  field?.select();
  return document.execCommand("copy");
}

export function selfSavingSwitch() {
  for (const form of document.querySelectorAll("form[data-switch]")) {
    const element = /** @type {HTMLFormElement} */ (form);
    element.addEventListener("change", () => element.submit());
    const button = element.querySelector("button");
    if (button) button.hidden = true;
  }
}
