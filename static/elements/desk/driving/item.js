/**
 * An item of the rundown in words and as a small picture: a slide, or a poll, notice
 * or break between slides. Used by the desk's rundown, its preview of what is next
 * and the little window of a typed number.
 *
 * @typedef {import("../../../core/store.js").Store} Store
 * @typedef {import("../../../protocol.d.ts").RundownDoc["items"][number]} Item
 */

import { html } from "lit-html";
import * as icons from "../../../core/icons.js";
import { _, ngettext } from "../../../core/i18n.js";
import { slideThumb } from "../../stage/slide.js";

const SNIPPET = 80; // characters of a slide's text that tell which one it is
const WORDY = /\p{L}{2}/u; // a line with at least a word in it

/** Lines that stand on several slides: chapter, footer. @type {{deck: string, lines: Set<string>}} */
let running = { deck: "", lines: new Set() };

/** @param {Store} store @param {Item} item */
export function itemName(store, item) {
  switch (item.kind) {
    case "slide": {
      const slide = store.get(`slide/${item.slide}`);
      return slide ? slideName(slide, store) : _("Slide");
    }
    case "poll":
      return store.get(`poll/${item.poll}`)?.title ?? _("Poll");
    case "notice":
      return item.text;
    case "break":
      return [item.text, ngettext("{n} minute", "{n} minutes", item.minutes)].filter(Boolean).join(" · ");
  }
}

/**
 * The first line that this slide has for itself.
 * @param {import("../../../protocol.d.ts").SlideDoc} slide
 * @param {Store} [store]   with it, what all slides say (chapter, footer) is passed over
 */
export function slideName(slide, store) {
  const common = store ? runningLines(store) : new Set();
  const line = lines(slide).find((each) => WORDY.test(each) && !common.has(each));
  return line?.slice(0, SNIPPET) ?? _("Slide {n}", { n: slide.number });
}

/** @param {import("../../../protocol.d.ts").SlideDoc} slide */
const lines = ({ text }) => text.split("\n").map((line) => line.trim());

/** Found once for a deck. @param {Store} store */
function runningLines(store) {
  const slides = store.family("slide");
  const deck = `${slides.length} ${slides[0]?.[0]} ${slides[slides.length - 1]?.[0]}`;
  if (deck === running.deck) return running.lines;
  const seen = new Set();
  const twice = new Set();
  for (const [, slide] of slides) {
    for (const line of new Set(lines(slide))) (seen.has(line) ? twice : seen).add(line);
  }
  running = { deck, lines: twice };
  return twice;
}

/** What kind it is, in a word. @param {Item} item */
export const itemKind = (item) =>
  ({ slide: () => _("Slide"), poll: () => _("Poll"), notice: () => _("Notice"), break: () => _("Break") })[item.kind]();

/** @param {Item} item */
export const itemIcon = (item) =>
  ({ slide: icons.slide, poll: icons.poll, notice: icons.bell, break: icons.cup })[item.kind]();

/** A thumbnail, or the sign of what is no slide. @param {Store} store @param {Item} item */
export function itemThumb(store, item) {
  const slide = item.kind === "slide" ? store.get(`slide/${item.slide}`) : undefined;
  return slide
    ? html`<span class="item__thumb">${slideThumb(slide)}<span class="film__number">${slide.number}</span></span>`
    : html`<span class="item__thumb item__thumb--sign">${itemIcon(item)}</span>`;
}
