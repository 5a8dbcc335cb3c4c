/**
 * Driving, as it is seen: who has the drive and how to get it, and the bar with
 * before, blank and next that lies under a thumb on a phone. Drawn by stage.js
 * and desk/page.js; what the buttons do is Driving's.
 *
 * @typedef {import("../self.js").Desk} Desk
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../../core/icons.js";
import { _ } from "../../../core/i18n.js";
import { dayAndTime } from "../../../core/text.js";
import { itemName } from "./item.js";
import { gauge } from "../mood.js";

/** "You drive", "Wang drives", "Nobody drives", and what can be done about it. @param {Desk} desk */
export function driveLine(desk) {
  const { driving } = desk;
  return html`<div class="drive" data-drive=${driving.mine ? "mine" : driving.driver ? "theirs" : "nobody"} ?data-unheard=${driving.unheard}>
    <p class="drive__who" role="status">${icons.live()}<span>${who(desk)}</span></p>
    ${gauge(desk)}
    ${
      driving.mine
        ? html`<button type="button" class="button button--quiet button--small" data-do="release" @click=${() => driving.release()}>
            ${_("Let go")}
          </button>`
        : offer(desk)
    }
  </div>
  ${requests(desk)}`;
}

/** @param {Desk} desk */
function who({ driving }) {
  const { driver, mine } = driving;
  if (driving.unheard) return _("Keys and clicker go to another window: press here to have them back.");
  if (mine) return _("You drive");
  if (!driver) return _("Nobody drives");
  return driver.here ? _("{name} drives", { name: driver.name }) : _("{name} drives, but is not connected", { name: driver.name });
}

/** @param {Desk} desk */
function offer({ driving }) {
  const primary = driving.driver ? "" : "button--primary";
  if (driving.offer() === "take") {
    return html`<button type="button" class="button button--small ${primary}" data-do="take" @click=${() => driving.take()}>
      ${_("Take the drive")}
    </button>`;
  }
  if (driving.requested) return html`<span class="soft">${_("requested")}</span>`;
  return html`<button type="button" class="button button--small" data-do="request" @click=${() => driving.request()}>
    ${_("Request the drive")}
  </button>`;
}

/** Those who ask for the drive, for the one who has it. @param {Desk} desk */
function requests(desk) {
  const { driving } = desk;
  return repeat(
    driving.requests(),
    (id) => id,
    (id) => html`<div class="drive drive--request" role="alert" data-request=${id}>
      <p class="drive__who"><span>${_("{name} asks for the drive", { name: desk.name(id) })}</span></p>
      <button type="button" class="button button--small button--signal" data-do="hand" @click=${() => driving.hand(id)}>
        ${_("Hand over")}
      </button>
      <button type="button" class="button button--small button--quiet" data-do="ignore" @click=${() => driving.ignore(id)}>
        ${_("Not now")}
      </button>
    </div>`,
  );
}

/** Before the start: the one thing to do, where "next" is going to be. @param {Desk} desk */
function startBar(desk) {
  const asked = desk.early && desk.asks("start");
  const at = dayAndTime(desk.broadcast?.planned_at ?? 0);
  return html`<div class="drivebar drivebar--start">
    ${
      asked
        ? html`<p class="final-step" role="alert">
            ${icons.warning()}<span>
              ${_("It is planned for {time}. Everyone who is here sees the start.", { time: at })}
              <small>${_("Press once more to do it; else nothing happens.")}</small>
            </span>
          </p>`
        : nothing
    }
    <button type="button" class="button ${asked ? "button--danger" : "button--primary"} drivebar__next" data-do="start" @click=${() => desk.start()}>
      ${icons.play()}<span>${asked ? _("Start now") : _("Start")}</span>
    </button>
  </div>`;
}

/** Before, blank, next: as large as a thumb in the dark needs them. @param {Desk} desk */
export function driveBar(desk) {
  const { driving, page } = desk;
  const next = driving.away(1);
  const items = driving.items();
  const index = items.findIndex((item) => item.id === driving.position());
  if (desk.broadcast?.phase === "ended") return nothing; // there is nothing to drive any more
  if (!desk.live && desk.mayStart) return startBar(desk);
  const idle = !desk.live || !driving.mine;
  return html`<div class="drivebar ${idle ? "drivebar--idle" : ""}" role="group" aria-label=${_("Drive the slides")}>
    <button
      type="button"
      class="button drivebar__before"
      data-do="before"
      aria-label=${_("Before")}
      ?disabled=${!driving.away(-1)}
      @click=${() => driving.go(-1)}
    >
      ${icons.left()}
    </button>
    <button
      type="button"
      class="button drivebar__blank"
      data-do="blank"
      aria-pressed=${driving.blank ? "true" : "false"}
      @click=${() => driving.turnBlank()}
    >
      ${icons.blank()}<span>${_("Blank")}</span>
    </button>
    <p class="drivebar__where number">${index < 0 ? "–" : index + 1} / ${items.length}</p>
    <button
      type="button"
      class="button drivebar__next ${idle ? "" : "button--primary"}"
      data-do="next"
      aria-label=${next ? _("Next: {name}", { name: itemName(page.store, next) }) : _("Next")}
      ?disabled=${!next}
      @click=${() => driving.go(1)}
    >
      <span>${index < 0 ? _("Show the first") : _("Next")}</span>${icons.right()}
    </button>
  </div>`;
}
