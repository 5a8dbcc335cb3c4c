/**
 * The rows of places in the form of a broadcast: added and taken away without asking the server. Without this
 * script the same buttons send the form, which comes back with a row more or less.
 */

export function siteRows() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-sites]"));
  const first = list?.querySelector("[data-site]");
  if (!list || !first) return;
  const pattern = /** @type {HTMLElement} */ (first.cloneNode(true));
  list.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!button) return;
    event.preventDefault();
    if (/** @type {HTMLButtonElement} */ (button).name === "add") add(list, pattern);
    else button.closest("[data-site]")?.remove();
  });
}

/** @param {HTMLElement} list @param {HTMLElement} pattern */
function add(list, pattern) {
  const rows = list.querySelectorAll("[data-site]");
  const row = /** @type {HTMLElement} */ (pattern.cloneNode(true));
  const next = Math.max(-1, ...[...rows].map(indexOf)) + 1;
  row.querySelector(".error")?.remove();
  for (const field of fields(row)) {
    field.name = field.name.replace(/\d+/, String(next));
    if (field instanceof HTMLInputElement) field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  const last = rows[rows.length - 1];
  if (last) last.after(row);
  else list.querySelector(".hint")?.after(row);
  /** @type {HTMLElement | null} */ (row.querySelector("input:not([type=hidden])"))?.focus();
}

/** @param {Element} row @returns {(HTMLInputElement | HTMLSelectElement)[]} */
const fields = (row) => [.../** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (row.querySelectorAll("input, select"))];

/** @param {Element} row */
const indexOf = (row) => Number(/\d+/.exec(fields(row)[0]?.name ?? "")?.[0] ?? -1);
