/**
 * How many have voted, of how many: at the desk, in the line of the poll at hand and on its card. Who has
 * voted may have gone since; then there are no "of so many", and the two are said one after the other.
 */

import { _, ngettext } from "../../../core/i18n.js";

/** How many attendees are connected: neither the desk nor a screen votes. @param {import("../../../core/page.js").Page} page */
export const attendeesHere = ({ store }) =>
  Object.values(store.get("presence")?.sites ?? {}).reduce((sum, count) => sum + count, 0);

/** The words behind the number of votes; `whole`: that number is a part of those here. @param {number} votes @param {number} here */
export function ofThoseHere(votes, here) {
  if (!here) return { whole: false, words: _("voted, nobody is here now") };
  if (votes > here) return { whole: false, words: _("voted, {n} here now", { n: here }) };
  return { whole: true, words: ngettext("of {n} has voted", "of {n} have voted", here) };
}
