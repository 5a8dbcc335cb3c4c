/**
 * /setup#TOKEN: moves the token from the address into the form. This tab remembers it until the form
 * is sent, so that a reload or another language does not lose it.
 */

export {}; // a module: its names are its own

const KEY = "live:setup";
const field = /** @type {HTMLInputElement} */ (document.getElementById("token"));
const token = location.hash.slice(1);

if (token) {
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, "", location.pathname);
}
field.value ||= sessionStorage.getItem(KEY) ?? "";
