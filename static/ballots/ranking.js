/**
 * Ranking: all options in one's own order. Tapping takes an option as the next one;
 * what is taken can be moved by its arrows or dragged by its handle. The result is the
 * mean place, and who was put first. The rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Ranking} Ballot
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 */

import { html, nothing } from "lit-html";
import * as icons from "../core/icons.js";
import { _, ngettext } from "../core/i18n.js";
import { lengths } from "../core/scale.js";
import { number, percent } from "../core/text.js";
import { bar, composeOptions, lines } from "./options.js";

export const name = () => _("Ranking");

/** @param {Ballot} _ballot */
export const hint = (_ballot) => _("Tap in your order, the first one first.");

/** @param {Ballot} ballot */
export const options = (ballot) => ballot.options;

/** @param {Ballot} ballot @param {Choice} choice */
export const ready = (ballot, choice) => choice.length === ballot.options.length;

/** @param {Ballot} ballot @param {Choice} choice */
export const lacks = ({ options: labels }, { length }) =>
  length < labels.length ? ngettext("{n} more to put in its place.", "{n} more to put in their places.", labels.length - length) : "";

/** @param {Ballot} ballot @param {Form} form */
export function vote(ballot, { choice, onChoose }) {
  const left = ballot.options.map((_label, option) => option).filter((option) => !choice.includes(option));
  const take = (/** @type {number} */ option) =>
    onChoose(left.length === 2 ? [...choice, option, ...left.filter((each) => each !== option)] : [...choice, option]);
  return html`<ol class="ranking" role="list">
      ${choice.map((option, place) => ranked(ballot, choice, place, Number(option), onChoose))}
    </ol>
    ${left.map(
      (option) =>
        html`<button type="button" class="choice ranking__left" @click=${() => take(option)}>
          <span class="ranking__place" aria-hidden="true"></span><span>${ballot.options[option]}</span>
        </button>`,
    )}
    ${choice.length ? html`<button type="button" class="button button--quiet button--small" @click=${() => onChoose([])}>${_("Start again")}</button>` : nothing}`;
}

export const answer = vote;

export const groups = () => ({ told: _("put first") });

/** @param {Ballot} ballot @param {Choice} choice @param {number} place @param {number} option @param {(choice: Choice) => void} onChoose */
function ranked({ options: labels }, choice, place, option, onChoose) {
  const label = labels[option] ?? "";
  const move = (/** @type {number} */ to) => onChoose(moved(choice, place, to));
  const arrow = (/** @type {number} */ to, /** @type {unknown} */ icon, /** @type {string} */ says) =>
    html`<button type="button" class="button button--quiet button--icon" aria-label=${says} ?disabled=${to < 0 || to >= choice.length} @click=${() => move(to)}>
      ${icon}
    </button>`;
  return html`<li class="choice choice--chosen ranking__one" data-place=${place}>
    <b class="ranking__place">${place + 1}</b>
    <span class="ranking__name">${label}</span>
    ${arrow(place - 1, icons.up(), _("{name}: one place up", { name: label }))}
    ${arrow(place + 1, icons.down(), _("{name}: one place down", { name: label }))}
    <span class="ranking__grip" aria-hidden="true" @pointerdown=${(/** @type {PointerEvent} */ event) => drag(event, choice, place, onChoose)}>
      ${icons.grip()}
    </span>
  </li>`;
}

/** @param {Choice} choice @param {number} from @param {number} to */
function moved(choice, from, to) {
  const order = [...choice];
  order.splice(to, 0, ...order.splice(from, 1));
  return order;
}

/**
 * While it is dragged it changes places with the one under the finger.
 * @param {PointerEvent} event @param {Choice} choice @param {number} place @param {(choice: Choice) => void} onChoose
 */
function drag(event, choice, place, onChoose) {
  event.preventDefault();
  const list = /** @type {HTMLElement} */ (event.currentTarget).closest(".ranking");
  const listening = new AbortController();
  let order = choice;
  let at = place;
  const follow = (/** @type {PointerEvent} */ { clientY }) => {
    const rows = [...(list?.querySelectorAll("[data-place]") ?? [])];
    const over = rows.findIndex((row) => clientY < row.getBoundingClientRect().bottom);
    const to = over < 0 ? rows.length - 1 : over;
    if (to === at) return;
    order = moved(order, at, to);
    at = to;
    onChoose(order);
  };
  addEventListener("pointermove", follow, { signal: listening.signal });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => listening.abort(), { signal: listening.signal });
  }
}

/** @param {Ballot} ballot @param {Result} result */
export function result({ options: labels }, { counts, votes, mine, right, growing }) {
  const size = labels.length;
  const best = Math.min(...counts.slice(size));
  // The last place is worth nothing, each one before it a step: no vote takes from what an option has.
  const worth = labels.map((_label, option) => (size * votes - (counts[size + option] ?? size * votes)) / (size - 1));
  const { track, bars: long } = lengths(worth, votes, growing);
  return html`<ul class="bars" role="list">
    ${labels.map((label, option) => {
      const sum = counts[size + option] ?? 0;
      const place = mine.indexOf(option);
      const due = right.indexOf(option);
      return html`<li class="bar bar--ranked ${votes && sum === best ? "bar--lead" : ""}">
        <span class="bar__label">
          <span>${label}</span>
          ${place < 0 ? nothing : html`<small class="soft">${_("yours: {n}", { n: place + 1 })}</small>`}
          ${due < 0 ? nothing : html`<b class="bar__right">${_("right: {n}", { n: due + 1 })}</b>`}
        </span>
        <span class="bar__figure">
          <b>${_("place {mean}", { mean: votes ? number(Math.round((sum / votes) * 10) / 10) : "–" })}</b>
          ${votes ? html`<span class="bar__firsts">· ${_("first for {share}", { share: percent((counts[option] ?? 0) / votes) })}</span>` : nothing}
        </span>
        ${bar(long[option], track)}
      </li>`;
    })}
  </ul>`;
}

/** @param {Ballot} ballot @param {Choice} choice */
export const said = ({ options: labels }, choice) =>
  choice.map((option, place) => `${place + 1}. ${labels[Number(option)] ?? ""}`).join("  ");

export const compose = composeOptions;

/** @param {Fields} fields @returns {Ballot} */
export const ballot = ({ options: typed }) => ({ kind: "ranking", options: lines(typed) });

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ options: labels }) => ({ options: labels.join("\n") });

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];
