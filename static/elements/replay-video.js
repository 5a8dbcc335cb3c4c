/**
 * The video of a replay beside the slide. The element is the player's own and stays the same, whatever is
 * drawn around it; its controls are those of the replay.
 *
 * @typedef {import("../core/replay.js").Replay} Replay
 * @typedef {import("./replay-watching.js").Watching} Watching
 */

import { html, nothing } from "lit-html";
import { _ } from "../core/i18n.js";

/** @param {Replay} replay @param {Watching} _watching */
export function video(replay, _watching) {
  const { video } = /** @type {import("../core/player.js").Player} */ (/** @type {unknown} */ (replay.player));
  return html`<div class="replay__video" @click=${() => replay.toggle()}>
    ${video} ${replay.player.state === "loading" ? html`<p class="replay__loading">${_("One moment …")}</p>` : nothing}
  </div>`;
}
