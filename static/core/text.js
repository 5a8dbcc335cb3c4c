/**
 * Times, durations and numbers as people of the page's language write them (Intl).
 * Every view that shows a figure calls one of these. No sentence stands here:
 * those are in the catalogue, by i18n.js.
 */

/**
 * A formatter for the page's language, made when it is first asked for: making one costs far more than using it.
 * @template T
 * @param {new (lang: string, options?: any) => T} Kind
 * @param {object} [options]
 * @returns {() => T}
 */
function formatter(Kind, options) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= new Kind(document.documentElement.lang || "en", options));
}

const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const minutes = formatter(Intl.DateTimeFormat, HOURS);
const seconds = formatter(Intl.DateTimeFormat, { ...HOURS, second: "2-digit" });
const days = formatter(Intl.DateTimeFormat, { ...HOURS, weekday: "long", month: "long", day: "numeric" });
const distances = formatter(Intl.RelativeTimeFormat, { numeric: "auto" });
const numbers = formatter(Intl.NumberFormat);
const percents = formatter(Intl.NumberFormat, { style: "percent" });
const lists = formatter(Intl.ListFormat, { type: "conjunction" });

/** 14:05 @param {number} at ms */
export const timeOfDay = (at) => minutes().format(at);

/** 14:05:09 @param {number} at ms */
export const timeWithSeconds = (at) => seconds().format(at);

/** Thursday, 21 December, 14:05 @param {number} at ms */
export const dayAndTime = (at) => days().format(at);

/**
 * A span as a clock shows it: 4:07, 1:02:30. Below zero it stops at 0:00.
 * @param {number} ms
 */
export function duration(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/**
 * How far from now, in the coarsest unit that says something: "2 minutes ago".
 * @param {number} at
 * @param {number} now
 */
export function relative(at, now) {
  const words = distances();
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) < 45) return words.format(0, "second");
  if (Math.abs(seconds) < 3_600) return words.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return words.format(Math.round(seconds / 3_600), "hour");
  return words.format(Math.round(seconds / 86_400), "day");
}

/** Another number when relative() may say something else: its words change at multiples of 15 s. @param {number} at @param {number} now */
export const age = (at, now) => Math.floor((now - at) / 15_000);

/** 1,204 @param {number} value */
export const number = (value) => numbers().format(value);

/** 38 % of a share between 0 and 1 @param {number} share */
export const percent = (share) => percents().format(share);

/** "a, b and c" @param {string[]} parts */
export const list = (parts) => lists().format(parts);

/** Sentences one after another: Chinese has no space between them. @param {string[]} said */
export const sentences = (...said) => said.join(document.documentElement.lang.startsWith("zh") ? "" : " ");
