/**
 * The video of a replay beside the slide. The element is the player's own and stays the same, whatever is
 * drawn around it; its controls are those of the replay.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("./watching.js").Watching} Watching
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { troubleSentence } from "../video/trouble.js";

/** The player of a recording, which has a video. @param {Replay} replay */
export const filmOf = (replay) => /** @type {import("../../core/video/player.js").Player} */ (/** @type {unknown} */ (replay.player));

/** @param {Replay} replay @param {Watching} _watching */
export function video(replay, _watching) {
  const player = filmOf(replay);
  return html`<div class="replay__video" data-state=${player.state} @click=${() => replay.toggle()}>
    ${player.video}
    ${player.state === "loading" ? html`<p class="replay__loading" role="status">${_("The video is loading")}</p>` : nothing}
  </div>`;
}

/** What is wrong with the video, in words. @param {Replay} replay */
export function trouble(replay) {
  const { state, trouble } = filmOf(replay);
  if (replay.recording.kind === "none" || state !== "dead") return nothing;
  return html`<div class="notice notice--danger" role="alert">
    ${icons.warning()}
    <p>${troubleSentence(trouble)} ${_("The slides and the lists work without it.")}</p>
  </div>`;
}

/** @param {Replay} replay */
export function sound(replay) {
  const { video } = filmOf(replay);
  const label = video.muted ? _("Sound on") : _("Sound off");
  return html`<button
    type="button"
    class="button button--quiet button--icon"
    data-do="sound"
    aria-label=${label}
    title="${label} (M)"
    @click=${() => mute(replay)}
  >
    ${video.muted ? icons.muted() : icons.sound()}
  </button>`;
}

/** Sound off, or on again. @param {Replay} replay */
export function mute(replay) {
  if (replay.recording.kind === "none") return;
  const { video } = filmOf(replay);
  video.muted = !video.muted;
}

/** The pictures with their controls fill the screen, or no longer. */
export function fullScreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.querySelector(".replay__main")?.requestFullscreen?.().catch(() => {});
}
