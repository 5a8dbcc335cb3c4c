/**
 * An item of the rundown in words and as a small picture: a slide, or a poll, notice
 * or break between slides. Used by the desk's rundown, its preview of what is next
 * and the little window of a typed number.
 *
 * @typedef {import("../core/store.js").Store} Store
 * @typedef {import("../protocol.d.ts").RundownDoc["items"][number]} Item
 */

import { html } from "lit-html";
import * as icons from "../core/icons.js";
import { _, ngettext } from "../core/i18n.js";
import { slideThumb } from "./slide.js";

const SNIPPET = 80; // characters of a slide's text that tell which one it is

/** @param {Store} store @param {Item} item */
export function itemName(store, item) {
  switch (item.kind) {
    case "slide": {
      const slide = store.get(`slide/${item.slide}`);
      return slide ? slideName(slide) : _("Slide");
    }
    case "poll":
      return store.get(`poll/${item.poll}`)?.title ?? _("Poll");
    case "notice":
      return item.text;
    case "break":
      return [item.text, ngettext("{n} minute", "{n} minutes", item.minutes)].filter(Boolean).join(" · ");
  }
}

/** The first line that says something. @param {import("../protocol.d.ts").SlideDoc} slide */
export function slideName(slide) {
  const line = slide.text.split("\n").find((each) => each.trim().length > 1);
  return line?.trim().slice(0, SNIPPET) || _("Slide {n}", { n: slide.number });
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
