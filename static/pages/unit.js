/**
 * The form of a newcomer: the field for another unit is there only when it is asked for.
 * Without this script it is always there.
 */

export {}; // a module: its names are its own

const unit = /** @type {HTMLSelectElement} */ (document.getElementById("unit"));
const other = /** @type {HTMLElement} */ (document.querySelector("[data-other]"));
const typed = /** @type {HTMLInputElement} */ (other.querySelector("input"));

const show = () => (other.hidden = unit.value !== other.dataset.other);

unit.addEventListener("change", () => {
  show();
  if (!other.hidden) typed.focus();
});
show();
