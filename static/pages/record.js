/** The record of a broadcast: times in the reader's own zone, which the page names, and the button that prints. */

import { printButton } from "./broadcast/printing.js";
import { showTimes } from "./broadcast/times.js";

showTimes();
const zone = /** @type {HTMLElement} */ (document.querySelector("[data-zone-is]"));
zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
printButton();
