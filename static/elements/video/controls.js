/**
 * The controls over the video: play and pause, the way back within what the stream keeps
 * and forth to live, sound, captions, a window of its own, full screen. They lie on the
 * picture and show while one points at it or it stands still. Drawn by video.js.
 *
 * @typedef {import("./pane.js").VideoPane} VideoPane
 * @typedef {import("../../core/video/player.js").Player} Player
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { duration } from "../../core/text.js";

const LATE_S = 4; // nearer than that to the newest is live
const SEEKABLE_S = 20; // a shorter way back needs no slider

/** @param {VideoPane} pane @param {Player} player */
export function controls(pane, player) {
  const running = player.state === "playing" || player.state === "waiting";
  return html`<div class="video__controls">
    ${slider(player)}
    <div class="video__buttons">
      ${button(running ? _("Pause") : _("Play"), running ? icons.pause() : icons.play(), () => pane.toggle(), "play")}
      ${live(player)}
      <span class="grow"></span>
      ${sound(pane, player)} ${captions(pane, player)} ${inPicture(player)}
      ${button(_("Full screen"), icons.larger(), () => toggleFullScreen(player), "full")}
    </div>
  </div>`;
}

/**
 * @param {string} label @param {unknown} icon @param {() => void} press @param {string} what
 * @param {boolean} [pressed]
 */
const button = (label, icon, press, what, pressed) =>
  html`<button
    type="button"
    class="video__button"
    data-do=${what}
    aria-label=${label}
    title=${label}
    aria-pressed=${pressed === undefined ? nothing : pressed ? "true" : "false"}
    @click=${press}
  >
    ${icon}
  </button>`;

/** Where one is in what the stream keeps. @param {Player} player */
function slider(player) {
  const span = player.span();
  if (!span || player.frame === undefined || span.to - span.from < SEEKABLE_S) return nothing;
  const at = Math.min(span.to, Math.max(span.from, player.frame));
  const said = span.live ? _("{time} before live", { time: duration((span.to - at) * 1000) }) : duration(at * 1000);
  return html`<input
    type="range"
    class="video__slider"
    aria-label=${_("Place in the video")}
    aria-valuetext=${said}
    min="0"
    max=${Math.round(span.to - span.from)}
    step="1"
    .value=${String(Math.round(at - span.from))}
    @change=${(/** @type {Event} */ event) =>
      player.seek(span.from + Number(/** @type {HTMLInputElement} */ (event.target).value))}
  />`;
}

/** Live, or how far behind the newest and the way there. @param {Player} player */
function live(player) {
  const { late } = player;
  if (late === undefined) return nothing;
  if (late < LATE_S) return html`<span class="video__live"><i aria-hidden="true"></i>${_("Live")}</span>`;
  return html`<button type="button" class="video__live video__live--late" data-do="go-live" title=${_("Go to live")} @click=${() => player.toLive()}>
    <i aria-hidden="true"></i>${player.catchingUp ? _("Catching up") : _("Go to live")}<span class="number">−${duration(late * 1000)}</span>
  </button>`;
}

/** @param {VideoPane} pane @param {Player} player */
function sound(pane, { video }) {
  const off = video.muted || video.volume === 0;
  return html`${button(off ? _("Sound on") : _("Sound off"), off ? icons.muted() : icons.sound(), () => pane.toggleSound(), "sound")}
    <input
      type="range"
      class="video__volume"
      aria-label=${_("Volume")}
      min="0"
      max="1"
      step="0.05"
      .value=${String(off ? 0 : video.volume)}
      @input=${(/** @type {Event} */ event) => {
        video.volume = Number(/** @type {HTMLInputElement} */ (event.target).value);
        video.muted = video.volume === 0;
      }}
    />`;
}

/** @param {VideoPane} pane @param {Player} player */
function captions(pane, { video }) {
  const has = [...video.textTracks].some(({ kind }) => kind === "subtitles" || kind === "captions");
  return has ? button(_("Captions"), icons.captions(), () => pane.toggleCaptions(), "captions", pane.captions) : nothing;
}

/** @param {Player} player */
function inPicture({ video }) {
  if (!document.pictureInPictureEnabled) return nothing;
  const toggle = () =>
    void (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture()).catch(
      () => {}, // no picture yet: there is nothing to put in a window
    );
  return button(_("In a window of its own"), icons.inPicture(), toggle, "window");
}

/** A phone of Apple lets only the video itself fill the screen. @param {Player} player */
function toggleFullScreen({ video }) {
  const apple = /** @type {{webkitEnterFullscreen?: () => void}} */ (/** @type {unknown} */ (video));
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (document.fullscreenEnabled) void video.parentElement?.requestFullscreen().catch(() => {});
  else apple.webkitEnterFullscreen?.();
}
