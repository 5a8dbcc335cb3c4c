/**
 * Sentences in the reader's language. The English sentence is the key; the page carries the others as
 * JSON in `<script type="application/json" id="messages">` (none for English). Used by every element;
 * it never loads anything and never touches the page.
 */

/** @typedef {Readonly<Record<string, string | number>>} Params */

/** @type {Record<string, string | string[]>} */
const messages = JSON.parse(document.getElementById("messages")?.textContent || "{}");

/**
 * The sentence for `msgid`, its {names} filled in.
 * @param {string} msgid @param {Params} [params]
 * @returns {string}
 */
export function _(msgid, params) {
  const said = messages[msgid];
  return fill((Array.isArray(said) ? said[0] : said) ?? msgid, params);
}

/**
 * The form for `n` of them; {n} is filled in too. Chinese has one form, English two.
 * @param {string} one @param {string} many @param {number} n @param {Params} [params]
 * @returns {string}
 */
export function ngettext(one, many, n, params) {
  const said = messages[one];
  const forms = said === undefined ? [one, many] : Array.isArray(said) ? said : [said];
  const form = n === 1 ? forms[0] : forms[forms.length - 1];
  return fill(form ?? one, { n, ...params });
}

/**
 * Marks a sentence for the catalogue that is looked up later, as in a table of codes.
 * @param {string} msgid
 * @returns {string}
 */
export const N_ = (msgid) => msgid;

/** @param {string} text @param {Params} [params] */
function fill(text, params) {
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}
