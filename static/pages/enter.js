/**
 * /enter#TOKEN: takes the token out of the address, so that it stays in no history, and posts it.
 * While the document is loading a post replaces this page in the history: "back" does not lead here.
 */

export {}; // a module: its names are its own

const form = /** @type {HTMLFormElement} */ (document.getElementById("enter"));
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("token"));
const wait = /** @type {HTMLElement} */ (document.getElementById("wait"));
const lost = /** @type {HTMLElement} */ (document.getElementById("lost"));

function read() {
  const token = location.hash.slice(1);
  wait.hidden = !token;
  lost.hidden = Boolean(token);
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  field.value = token;
  form.submit();
}

addEventListener("hashchange", read);
read();
