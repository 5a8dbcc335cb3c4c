/**
 * Labels at the desk: which questions are shown, which labels a question has, and the small form in which they are
 * made, changed and taken away. A label is the desk's alone until it is made public.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../questions/labels.js").Label} Label
 * @typedef {import("../../../protocol.d.ts").QuestionDoc} Question
 */

import { html, nothing } from "lit-html";
import * as icons from "../../../core/icons.js";
import { _ } from "../../../core/i18n.js";

/** @type {Record<Label["colour"], () => string>} */
const COLOURS = {
  red: () => _("Red"),
  orange: () => _("Orange"),
  green: () => _("Green"),
  blue: () => _("Blue"),
  purple: () => _("Purple"),
  grey: () => _("Grey"),
};

/** @param {Desk} desk @returns {Label[]} */
const all = ({ page }) => page.store.get("labels")?.labels ?? [];

/** Above the queue: all, or those of one label. @param {Desk} desk */
export function filter(desk) {
  const { queue } = desk;
  return html`<div class="labels">
    ${all(desk).map(
      ({ id, name, colour }) =>
        html`<button
          type="button"
          class="label-chip label-chip--${colour} label-chip--button"
          data-filter=${id}
          aria-pressed=${queue.label === id ? "true" : "false"}
          @click=${() => queue.only(queue.label === id ? null : id)}
        >
          ${name}
        </button>`,
    )}
    <details class="labels__manage">
      <summary class="button button--quiet button--small">${icons.tag()}<span>${_("Labels")}</span></summary>
      <div class="stack stack--tight">
        ${all(desk).map((label) => form(desk, label))} ${form(desk, null)}
      </div>
    </details>
  </div>`;
}

/** One label, or the one that is to be made. @param {Desk} desk @param {Label | null} label */
function form(desk, label) {
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const box = /** @type {HTMLFormElement} */ (event.target);
    const typed = new FormData(box);
    const colour = /** @type {Label["colour"]} */ (String(typed.get("colour")));
    const given = { name: String(typed.get("name")), colour, public: typed.get("public") === "on" };
    void desk.give({ do: "set_label", ...given, label: label?.id ?? null }).then(({ rejected }) => {
      if (!rejected && !label) box.reset();
    });
  };
  const id = label?.id ?? 0;
  return html`<form class="labels__form" data-label=${id} @submit=${save}>
    <input class="input" name="name" required maxlength="60" autocomplete="off" .defaultValue=${label?.name ?? ""} aria-label=${_("Name of the label")} placeholder=${label ? "" : _("A new label")} />
    <select class="input labels__colour" name="colour" aria-label=${_("Colour")}>
      ${Object.entries(COLOURS).map(([colour, words]) => html`<option value=${colour} ?selected=${colour === (label?.colour ?? "blue")}>${words()}</option>`)}
    </select>
    <label class="labels__public"><input type="checkbox" name="public" .defaultChecked=${!!label?.public} /> <span>${_("Everyone sees it")}</span></label>
    <button class="button button--small">${label ? _("Save") : _("Add")}</button>
    ${label ? html`<button type="button" class="button button--small button--quiet" aria-label=${_("Take the label {name} away", { name: label.name })} @click=${() => void remove(desk, label)}>${icons.remove()}</button>` : nothing}
  </form>`;
}

/** @param {Desk} desk @param {Label} label */
async function remove(desk, label) {
  if (desk.queue.label === label.id) desk.queue.only(null);
  await desk.give({ do: "remove_label", label: label.id }, { said: _("The label is gone.") });
}

/** The labels of a question, to be put on and off. @param {Desk} desk @param {string} id @param {Question} question */
export function labels(desk, id, { labels: has = [], state }) {
  const there = all(desk);
  if (!there.length) return nothing;
  const chip = (/** @type {Label} */ { id: label, name, colour }, /** @type {boolean} */ on) =>
    html`<button
      type="button"
      class="label-chip label-chip--${colour} label-chip--button"
      data-put=${label}
      aria-pressed=${on ? "true" : "false"}
      ?disabled=${state === "withdrawn"}
      @click=${() => void desk.give({ do: "label_question", question: id, label, on: !on }, { slot: `label/${id}/${label}` })}
    >
      ${name}
    </button>`;
  const off = there.filter((each) => !has.includes(each.id));
  return html`<div class="label-chips">
    ${there.filter((each) => has.includes(each.id)).map((each) => chip(each, true))}
    ${
      off.length && state !== "withdrawn"
        ? html`<details class="label-chips__more"><summary aria-label=${_("Put a label on it")} title=${_("Put a label on it")}>${icons.tag()}</summary>${off.map((each) => chip(each, false))}</details>`
        : nothing
    }
  </div>`;
}
