/**
 * The controls of a replay: play and pause, back and on, where it is, how fast, and what else can be set;
 * above them the timeline. They call the replay and keep nothing.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("./watching.js").Watching} Watching
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { SPEEDS } from "../../core/replay/replay.js";
import { duration, timeWithSeconds } from "../../core/text.js";
import { keyHelp } from "./keys.js";
import { track } from "./track.js";
import { fullScreen, sound, trouble } from "./video.js";

const BACK_S = 10;
const WAITS_S = [0, 10, 30, 60];
const LAYOUT_ICONS = { slide: icons.slideLarge, video: icons.videoLarge, both: icons.sideBySide };

/** @param {Replay} replay @param {Watching} watching */
export function controls(replay, watching) {
  return html`<div class="controls" role="group" aria-label=${_("Player")}>
    ${resumed(replay, watching)} ${trouble(replay)} ${track(replay, watching)}
    <div class="controls__line">
      <button
        type="button"
        class="button button--primary button--icon"
        data-do="play"
        aria-label=${replay.playing ? _("Pause") : _("Play")}
        @click=${() => replay.toggle()}
      >
        ${replay.playing ? icons.pause() : icons.play()}
      </button>
      ${jump(replay, -BACK_S, _("10 seconds back"))} ${jump(replay, BACK_S, _("10 seconds on"))}
      <p class="controls__time number" data-seconds=${replay.seconds.toFixed(2)}>
        <b>${place(replay.seconds)}</b> / ${place(replay.length)}
        <span class="soft controls__wall">${replay.map ? timeWithSeconds(replay.now()) : nothing}</span>
      </p>
      ${speed(replay)}
      ${
        replay.recording.kind === "none"
          ? nothing
          : html`${sound(replay)}
              <button
                type="button"
                class="button button--quiet button--icon"
                aria-label=${_("Slide or video large")}
                title="V"
                data-do="swap"
                @click=${() => watching.swap()}
              >
                ${LAYOUT_ICONS[watching.layout]()}
              </button>`
      }
      <button
        type="button"
        class="button button--quiet button--icon controls__full"
        aria-label=${_("Full screen")}
        title="F"
        data-do="full"
        @click=${fullScreen}
      >
        ${icons.larger()}
      </button>
      <button
        type="button"
        class="button button--quiet button--icon"
        aria-label=${_("Settings and keys")}
        aria-expanded=${watching.settings ? "true" : "false"}
        data-do="settings"
        @click=${() => watching.set({ settings: !watching.settings })}
      >
        ${icons.more()}
      </button>
    </div>
    ${watching.settings || watching.help ? settings(replay) : nothing}
  </div>`;
}

/** 4:07, without rounding up. @param {number} seconds */
const place = (seconds) => duration(Math.floor(seconds) * 1000);

/** @param {Replay} replay @param {number} seconds @param {string} words */
const jump = (replay, seconds, words) =>
  html`<button
    type="button"
    class="button button--quiet controls__jump"
    aria-label=${words}
    @click=${() => replay.by(seconds)}
  >
    <span aria-hidden="true">${seconds < 0 ? "−" : "+"}${Math.abs(seconds)}</span>
  </button>`;

/** @param {Replay} replay */
const speed = (replay) =>
  html`<select
    class="input controls__speed"
    aria-label=${_("Speed")}
    data-do="speed"
    @change=${(/** @type {Event} */ event) => (replay.rate = Number(/** @type {HTMLSelectElement} */ (event.target).value))}
  >
    ${SPEEDS.map((each) => html`<option value=${each} .selected=${Math.abs(each - replay.rate) < 0.01}>${each}×</option>`)}
  </select>`;

/** @param {Replay} replay */
function settings(replay) {
  const waits = (/** @type {number} */ seconds) => (seconds ? _("longer than {n} s", { n: seconds }) : _("never"));
  return html`<div class="controls__settings">
    <div class="stack stack--tight">
      <label class="switch">
        <input
          type="checkbox"
          .checked=${replay.stopping}
          @change=${(/** @type {Event} */ event) => {
            replay.stopping = /** @type {HTMLInputElement} */ (event.target).checked;
          }}
        />
        ${_("Stop when a poll opens")}
      </label>
      ${
        replay.recording.kind === "none"
          ? html`<label class="field field--line">
              <span class="label">${_("Skip waits")}</span>
              <select
                class="input"
                data-do="waits"
                @change=${(/** @type {Event} */ event) => {
                  replay.skipping = Number(/** @type {HTMLSelectElement} */ (event.target).value);
                }}
              >
                ${WAITS_S.map(
                  (each) => html`<option value=${each} .selected=${each === replay.skipping}>${waits(each)}</option>`,
                )}
              </select>
            </label>`
          : nothing
      }
    </div>
    <dl class="controls__keys">
      ${keyHelp().map(
        ([keys, words]) =>
          html`<div>
            <dt>${/** @type {string[]} */ (keys).map((key) => html`<kbd>${key}</kbd>`)}</dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}

/** @param {Replay} replay @param {Watching} watching */
function resumed(replay, watching) {
  if (!watching.resumed || replay.playing) return nothing;
  return html`<p class="controls__resumed">
    <span>${_("You were at {time}.", { time: place(watching.resumed) })}</span>
    <button
      type="button"
      class="button button--small button--quiet"
      @click=${() => {
        watching.set({ resumed: 0 });
        replay.seek(0);
      }}
    >
      ${_("From the beginning")}
    </button>
  </p>`;
}

