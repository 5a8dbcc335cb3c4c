/**
 * Times of the organiser's pages in the zone of this browser: those that are shown, and the planned start
 * in its form, which tells the server the zone in a hidden field. Without it the server's zone is meant.
 */

import { _ } from "../../core/i18n.js";

const MINUTE_MS = 60_000;

/** Writes every time element anew. */
export function showTimes() {
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  });
  const hours = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", hourCycle: "h23" });
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("time[data-at]"))) {
    element.textContent = ("hours" in element.dataset ? hours : words).format(Number(element.dataset.at));
  }
}

/** The field of the planned start speaks this browser's time, and says so. */
export function ownZone() {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("input[data-zone]"));
  const offset = /** @type {HTMLInputElement | undefined} */ (field?.form?.elements.namedItem("offset"));
  if (!field || !offset) return;
  if (field.dataset.at) field.value = localText(Number(field.dataset.at));
  const tell = () => (offset.value = field.value ? String(east(new Date(field.value))) : "");
  field.addEventListener("input", tell);
  tell();
  nameZone();
}

/** Minutes east of UTC at that moment: summer time counts. @param {Date} moment */
const east = (moment) => -moment.getTimezoneOffset();

/** 2026-11-24T14:00, as the field takes it. @param {number} at */
function localText(at) {
  return new Date(at + east(new Date(at)) * MINUTE_MS).toISOString().slice(0, 16);
}

function nameZone() {
  const hint = /** @type {HTMLElement | null} */ (document.querySelector("[data-zone-name]"));
  if (!hint) return;
  hint.textContent = _("Time zone: {zone}", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  hint.hidden = false;
}
