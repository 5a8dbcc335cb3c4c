/**
 * The organiser's tool under a replay: when the recording's frames were taken. By the playlist's dates, by
 * typing when the first frame was, by saying "this happens at this frame", and by small steps; a cut is a frame
 * from which on another moment holds. What it does is seen at once above it, and saved by a button.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("../../core/replay/marks.js").Mark} Mark
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { cutHere, localText, partAt, setHere } from "../../core/replay/setting.js";
import { knownParts } from "../../core/replay/map.js";
import { duration, timeWithSeconds } from "../../core/text.js";

const STEPS_MS = [-10_000, -1_000, -100, 100, 1_000, 10_000];
const WORDS = 60; // characters of a slide's or question's text that tell it from others

export class ClockTool {
  /** @type {"saved" | "changed" | "saving" | "failed"} */
  state = "saved";
  /** What happens at the frame that is shown, as chosen: the mark's moment. @type {number | null} */
  chosen = null;

  #replay;

  /** @param {Replay} replay */
  constructor(replay) {
    this.#replay = replay;
  }

  /** Those that are set, or that are assumed until some are. */
  get parts() {
    return knownParts(this.#replay.recording).map(({ s, wall }) => ({ media_ms: Math.round(s * 1000), wall_at: wall }));
  }

  /** Whether the playlist's dates are gone by. */
  get dated() {
    const { recording, player } = this.#replay;
    return recording.kind === "hls" && !recording.parts.length && player.map?.at(0) !== undefined;
  }

  /** @param {Partial<import("../../core/docs.d.ts").Recording>} clock */
  change(clock) {
    this.chosen = null;
    const { parts, shift_ms } = this.#replay.recording;
    this.state = "changed";
    this.#replay.set({ parts, shift_ms, ...clock });
  }

  /** Later by `ms`. @param {number} ms */
  nudge(ms) {
    const { recording, seconds } = this.#replay;
    if (this.dated) this.change({ shift_ms: recording.shift_ms + ms });
    else this.change({ parts: setHere(this.parts, seconds, this.#replay.now() + ms) });
  }

  /** The frame that is shown was taken at `wall`. @param {number} wall */
  set(wall) {
    if (this.dated) this.nudge(Math.round(wall - this.#replay.now()));
    else this.change({ parts: setHere(this.parts, this.#replay.seconds, wall) });
  }

  /** From the frame that is shown on, which was taken at `wall`. @param {number} wall */
  cut(wall) {
    this.change({ parts: cutHere(this.dated ? [] : this.parts, this.#replay.seconds, wall) });
  }

  async save() {
    const { slug, recording } = this.#replay;
    this.state = "saving";
    this.#replay.redraw();
    const { parts, shift_ms } = recording;
    try {
      const answer = await fetch(`/broadcasts/${slug}/recording/clock`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ parts, shift_ms: Math.round(shift_ms) }),
      });
      this.state = answer.ok ? "saved" : "failed";
    } catch {
      this.state = "failed";
    }
    this.#replay.redraw();
  }
}

/** @param {Replay} replay @param {ClockTool} tool */
export function clockTool(replay, tool) {
  if (replay.recording.kind === "none" || !replay.map) return nothing;
  return html`<details class="clock-tool card">
    <summary><b>${_("When was this recorded?")}</b> <span class="soft">${source(replay, tool)}</span></summary>
    <div class="stack">
      <p>
        ${_("The frame above is taken for that of {time}.", { time: exact(replay.now()) })}
        <span class="soft">${_("Pause where something changes, and compare the video with the slide.")}</span>
      </p>
      ${happens(replay, tool)} ${steps(tool)} ${typed(replay, tool)} ${moments(replay, tool)}
      <p class="cluster">
        <button
          type="button"
          class="button button--primary"
          data-do="save-clock"
          ?disabled=${tool.state === "saved" || tool.state === "saving"}
          @click=${() => void tool.save()}
        >
          ${_("Save the time")}
        </button>
        <span role="status" data-clock=${tool.state}>${stateWords(tool.state)}</span>
      </p>
    </div>
  </details>`;
}

/** @param {Replay} replay @param {ClockTool} tool */
function source({ recording }, tool) {
  if (tool.dated) return _("by the dates in the playlist");
  if (recording.parts.length) return _("as it was set");
  return _("not set: assumed to begin when the broadcast did");
}

/** @param {ClockTool["state"]} state */
const stateWords = (state) =>
  ({ saved: "", changed: _("Not saved yet"), saving: _("Saving …"), failed: _("Not saved. Try again.") })[state];

/** 14:05:09.3 @param {number} wall */
const exact = (wall) => `${timeWithSeconds(wall)}.${Math.floor((((wall % 1000) + 1000) % 1000) / 100)}`;

/** "This happens at this frame." @param {Replay} replay @param {ClockTool} tool */
function happens(replay, tool) {
  const chosen = () => tool.chosen ?? nearest(replay)?.wall ?? 0;
  const wall = chosen();
  const choose = (/** @type {Event} */ event) => {
    tool.chosen = Number(/** @type {HTMLSelectElement} */ (event.target).value);
    replay.redraw();
  };
  return html`<div class="clock-tool__happens">
    <label class="field">
      <span class="label">${_("At this very frame of the video")}</span>
      <select class="input" name="happens" @change=${choose}>
        ${replay.everything.map(
          (mark) => html`<option value=${mark.wall} .selected=${mark.wall === wall}>${markWords(mark)}</option>`,
        )}
      </select>
    </label>
    <button type="button" class="button" data-do="set-here" @click=${() => tool.set(chosen())}>${_("Set")}</button>
    <button
      type="button"
      class="button button--quiet"
      data-do="cut-here"
      @click=${() => tool.cut(chosen())}
    >
      ${_("Set from here on, after a cut")}
    </button>
  </div>`;
}

/** What is shown at this place as it is thought now. @param {Replay} replay @returns {Mark | undefined} */
function nearest(replay) {
  const now = replay.now();
  return [...replay.everything].sort((a, b) => Math.abs(a.wall - now) - Math.abs(b.wall - now))[0];
}

/** @param {Mark} mark */
function markWords({ kind, wall, number, words }) {
  const text = words.replace(/\s+/g, " ").slice(0, WORDS);
  const what =
    kind === "slide"
      ? _("slide {n} appears: {text}", { n: number, text })
      : kind === "poll"
        ? _("poll opens: {text}", { text })
        : _("question: {text}", { text });
  return `${timeWithSeconds(wall)} ${what}`;
}

/** @param {ClockTool} tool */
const steps = (tool) =>
  html`<div class="cluster" role="group" aria-label=${_("A little earlier or later, seconds")}>
    <span class="label">${_("A little earlier or later, seconds")}</span>
    ${STEPS_MS.map(
      (ms) =>
        html`<button type="button" class="button button--small number" data-nudge=${ms} @click=${() => tool.nudge(ms)}>
          ${ms < 0 ? "−" : "+"}${Math.abs(ms) / 1000}
        </button>`,
    )}
  </div>`;

/** @param {Replay} replay @param {ClockTool} tool */
function typed(replay, tool) {
  const take = (/** @type {Event} */ event) => {
    const wall = new Date(/** @type {HTMLInputElement} */ (event.target).value).getTime();
    if (!Number.isNaN(wall)) tool.change({ parts: setHere(tool.dated ? [] : tool.parts, 0, wall) });
  };
  return html`<label class="field">
    <span class="label">${_("Or: when the first frame was taken, by the clock of the server")}</span>
    <input
      class="input"
      name="first-frame"
      type="datetime-local"
      step="0.001"
      .value=${localText(replay.map?.at(0) ?? 0)}
      @change=${take}
    />
  </label>`;
}

/** What is set, where there is more than one moment, and the ways back. @param {Replay} replay @param {ClockTool} tool */
function moments(replay, tool) {
  const { parts } = replay.recording;
  const holds = partAt(parts, replay.seconds);
  const without = (/** @type {number} */ place) => tool.change({ parts: parts.filter((_each, at) => at !== place) });
  return html`${
    parts.length > 1
      ? html`<ul class="clock-tool__parts" role="list">
          ${parts.map(
            ({ media_ms, wall_at }, place) =>
              html`<li aria-current=${place === holds ? "true" : "false"}>
                <button type="button" class="button button--quiet button--small number" @click=${() => replay.seek(media_ms / 1000)}>
                  ${duration(Math.floor(media_ms / 1000) * 1000)}
                </button>
                <span>${_("from here on {time}", { time: exact(wall_at) })}</span>
                <button
                  type="button"
                  class="button button--quiet button--icon"
                  aria-label=${_("Remove this cut")}
                  @click=${() => without(place)}
                >
                  ${icons.cross()}
                </button>
              </li>`,
          )}
        </ul>`
      : nothing
  }
  ${
    parts.length && replay.recording.kind === "hls"
      ? html`<p>
          <button type="button" class="button button--small button--quiet" @click=${() => tool.change({ parts: [], shift_ms: 0 })}>
            ${_("Back to the dates in the playlist")}
          </button>
        </p>`
      : nothing
  }`;
}
