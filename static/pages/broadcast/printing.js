/** The button that prints a page. Without this script it is not there: the browser's own menu prints as well. */

export function printButton() {
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-print]"));
  button.hidden = false;
  button.addEventListener("click", () => print());
}
