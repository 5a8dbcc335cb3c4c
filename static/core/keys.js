/**
 * Keys that work anywhere on a page: while nobody types and no dialog is open, a
 * pressed key is offered to the page; what it takes, the browser does not get. A few may be heard always.
 * Which key does what is the page's own table. It keeps no state.
 */

const TYPING = "input, textarea, select, [contenteditable]";

/**
 * @typedef {object} Press
 * @property {string} key       lower case; full-width punctuation of a Chinese keyboard as its plain sister
 * @property {boolean} held     the key repeats because it is held down
 * @property {Element} target   what has the focus
 */

/** @type {Record<string, string>} */
const PLAIN = { "。": ".", "．": ".", "？": "?" };

/**
 * @param {(press: Press) => boolean} take  true: this key was for us
 * @param {Set<string>} [always]            heard while somebody types, too
 */
export function hearKeys(take, always = new Set()) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const key = (PLAIN[event.key] ?? event.key).toLowerCase();
    if (!always.has(key) && (target.closest(TYPING) || document.querySelector("dialog[open]"))) return;
    if (take({ key, held: event.repeat, target })) event.preventDefault();
  });
}
