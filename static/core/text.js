/**
 * Times, durations and numbers as people of the page's language write them (Intl).
 * Every view that shows a figure calls one of these. No sentence stands here:
 * those are in the catalogue, by i18n.js.
 */

const lang = () => document.documentElement.lang || "en";

/** @type {Map<string, any>} building a formatter costs far more than using it */
const made = new Map();

/**
 * The formatter of that kind for the page's language, made once.
 * @template T
 * @param {new (lang: string, options?: any) => T} Kind
 * @param {object} [options]
 * @returns {T}
 */
function formatter(Kind, options = {}) {
  const key = `${lang()} ${Kind.name} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Kind(lang(), options));
  return made.get(key);
}

/** @param {number} at @param {Intl.DateTimeFormatOptions} options */
const format = (at, options) => formatter(Intl.DateTimeFormat, options).format(at);

/** 14:05 @param {number} at ms */
export const timeOfDay = (at) => format(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** 14:05:09 @param {number} at ms */
export const timeWithSeconds = (at) =>
  format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** Thursday, 21 December, 14:05 @param {number} at ms */
export const dayAndTime = (at) =>
  format(at, { weekday: "long", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

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
  const words = formatter(Intl.RelativeTimeFormat, { numeric: "auto" });
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) < 45) return words.format(0, "second");
  if (Math.abs(seconds) < 3_600) return words.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return words.format(Math.round(seconds / 3_600), "hour");
  return words.format(Math.round(seconds / 86_400), "day");
}

/** 1,204 @param {number} value */
export const number = (value) => formatter(Intl.NumberFormat).format(value);

/** 38 % of a share between 0 and 1 @param {number} share */
export const percent = (share) => formatter(Intl.NumberFormat, { style: "percent" }).format(share);

/** "a, b and c" @param {string[]} parts */
export const list = (parts) => formatter(Intl.ListFormat, { type: "conjunction" }).format(parts);
