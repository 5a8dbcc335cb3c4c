/**
 * The keys of the desk: one table of what each does, the dialog that shows it (?),
 * and the little window of a number being typed. A key that needs the queue works
 * while the queue is on the page. Nothing here is a rule: a key presses a button.
 *
 * @typedef {import("./self.js").Desk} Desk
 * @typedef {import("../../core/keys.js").Press} Press
 */

import { html, noChange, nothing } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { itemName, itemThumb } from "./driving/item.js";

/** A clicker in the hall must work, whatever field of the desk the cursor was left in. */
export const CLICKER = new Set(["pagedown", "pageup"]);

/** @type {Record<string, (desk: Desk) => void>} */
const ANYWHERE = {
  arrowright: ({ driving }) => driving.go(1),
  arrowleft: ({ driving }) => driving.go(-1),
  pagedown: ({ driving }) => driving.go(1),
  pageup: ({ driving }) => driving.go(-1),
  home: ({ driving }) => driving.edge("first"),
  end: ({ driving }) => driving.edge("last"),
  b: ({ driving }) => driving.turnBlank(),
  ".": ({ driving }) => driving.turnBlank(),
  t: ({ driving }) => driving.takeOrRequest(),
  o: ({ polling }) => polling.openAtHand(),
  c: ({ polling }) => polling.closeAtHand(),
  r: ({ polling }) => polling.turnResults(),
  p: ({ polling }) => polling.compose(),
  n: ({ notices }) => notices.write(),
  "?": (desk) => desk.set({ help: true, menu: false }),
};

/** @type {Record<string, (desk: Desk) => void>} */
const QUEUE = {
  a: ({ queue }) => queue.actOnSelected("approve"),
  s: ({ queue }) => queue.actOnSelected("present"),
  w: ({ queue }) => queue.actOnSelected("answer"),
  d: ({ queue }) => queue.actOnSelected("dismiss"),
  x: ({ queue }) => queue.actOnSelected("dismiss"),
  e: ({ queue }) => queue.edit(queue.selected),
  u: ({ queue }) => queue.undoLast(),
  z: ({ queue }) => queue.undoLast(),
};

/**
 * Takes a key, if it is one of ours.
 * @param {Desk} desk
 * @param {Press} press
 */
export function press(desk, { key, held, target }) {
  const queue = desk.page.root.querySelector(".queue");
  const step = { j: 1, k: -1, arrowdown: 1, arrowup: -1 }[key];
  if (step) {
    if (key === "j" || key === "k" ? queue : queue?.contains(target)) return run(() => desk.queue.move(step));
    if (key === "j" || key === "k" || target.closest("[data-scrolls]")) return false;
    return held || run(() => desk.driving.go(step));
  }
  if (/^[0-9]$/.test(key)) return held || run(() => desk.driving.type(desk.driving.typed + key));
  if (key === "enter") return desk.driving.typed ? run(() => desk.driving.jump()) : false;
  if (key === "backspace" && desk.driving.typed) return run(() => desk.driving.type(desk.driving.typed.slice(0, -1)));
  if (key === "escape") return run(() => escape(desk));
  const act = ANYWHERE[key] ?? (queue ? QUEUE[key] : undefined);
  return act ? held || run(() => act(desk)) : false;
}

/** @param {() => void} act */
function run(act) {
  act();
  return true;
}

/** @param {Desk} desk */
function escape(desk) {
  if (desk.driving.typed) desk.driving.type("");
  else desk.letBe();
}

// What is shown -----------------------------------------------------------------------

/** The number being typed and where Enter goes. @param {Desk} desk */
export function typedNumber({ driving, page }) {
  if (!driving.typed) return nothing;
  const item = driving.typedItem();
  return html`<div class="typed" role="status">
    <b class="typed__number number">${driving.typed}</b>
    ${item ? itemThumb(page.store, item) : nothing}
    <p>
      ${item ? itemName(page.store, item) : _("Not in the rundown")}<br />
      <span class="soft"><kbd>Enter</kbd> ${_("goes there")} · <kbd>Esc</kbd> ${_("clears")}</span>
    </p>
  </div>`;
}

/** @returns {{name: string, rows: [string[], string][]}[]} */
const table = () => [
  {
    name: _("Drive"),
    rows: [
      [["→", "↓", "PageDown"], _("Next")],
      [["←", "↑", "PageUp"], _("Before")],
      [["Home", "End"], _("First, last")],
      [["B", "."], _("Blank the stage, and back")],
      [["1", "2", "Enter"], _("Go to slide 12")],
      [["T"], _("Take or request the drive")],
    ],
  },
  {
    name: _("Polls and notices"),
    rows: [
      [["O"], _("Open the poll on stage")],
      [["C"], _("Close the poll")],
      [["R"], _("Show or hide the result")],
      [["P"], _("New poll")],
      [["N"], _("Write a notice")],
    ],
  },
  {
    name: _("Questions"),
    rows: [
      [["J", "K"], _("Question after, before")],
      [["A"], _("Approve")],
      [["S"], _("Put on screen")],
      [["W"], _("Answered")],
      [["D", "X"], _("Dismiss")],
      [["E"], _("Edit the wording")],
      [["U", "Z"], _("Undo")],
    ],
  },
];

/** @param {Desk} desk */
export function keysDialog(desk) {
  if (!desk.help) return nothing;
  const close = () => desk.set({ help: false });
  return html`<dialog class="dialog keys" aria-labelledby="keys" ${modal()} @close=${close} @click=${(/** @type {Event} */ event) => event.target === event.currentTarget && close()}>
    <div class="row row--between">
      <h2 id="keys">${_("Keys")}</h2>
      <button type="button" class="button button--quiet button--icon" aria-label=${_("Close")} @click=${close}>${icons.cross()}</button>
    </div>
    <div class="keys__groups">
      ${table().map(
        ({ name, rows }) => html`<section>
          <h3 class="eyebrow">${name}</h3>
          <dl class="keys__rows">
            ${rows.map(([keys, does]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd>`)}
          </dl>
        </section>`,
      )}
    </div>
    <p class="soft">${_("A clicker sends PageUp and PageDown, and is heard while you type; the other keys rest then.")}</p>
  </dialog>`;
}

/** Opens the dialog it stands on as a modal one, once. */
class Modal extends Directive {
  render() {
    return noChange;
  }

  /** @override @param {import("lit-html/directive.js").Part} part */
  update(part) {
    const dialog = /** @type {HTMLDialogElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element);
    requestAnimationFrame(() => dialog.isConnected && !dialog.open && dialog.showModal());
    return noChange;
  }
}

const modal = directive(Modal);
