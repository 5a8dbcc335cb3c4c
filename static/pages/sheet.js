/** The sheet with a QR code: its button that prints. */

export {}; // a module: its names are its own

const button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-print]"));
button.hidden = false;
button.addEventListener("click", () => print());
