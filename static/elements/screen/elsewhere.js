/**
 * A screen that does not stand in the hall but in a branch, where the stream is watched
 * together: the video is beside the slides, and they come with its frames. Whoever sets the
 * screen up says so with a button that is gone with the pointer. Drawn by page.js.
 *
 * @typedef {import("../video/pane.js").VideoPane} VideoPane
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { picture } from "../video/video.js";
import { choose, clockLine } from "../video/clock.js";

/** The video, for a screen elsewhere. @param {VideoPane} pane */
export function elsewhere(pane) {
  pane.refresh();
  const { doc } = pane;
  if (!doc) return nothing;
  return html`<section
    class="screen__video"
    aria-label=${_("Video")}
    data-state=${pane.player?.state ?? "none"}
  >
    ${picture(pane, doc)}
    <div class="screen__clock">${clockLine(pane)}</div>
  </section>`;
}

/** Where this screen stands. @param {VideoPane} pane */
export function placeButton(pane) {
  const { viewing } = pane.page;
  if (!viewing.mayChoose) return nothing;
  const remote = viewing.place === "remote";
  const label = _("This screen is elsewhere and shows the stream");
  return html`<button
    type="button"
    class="screen__tool"
    data-do="elsewhere"
    aria-pressed=${remote ? "true" : "false"}
    aria-label=${label}
    title=${label}
    @click=${() => choose(pane, remote ? "room" : "remote")}
  >
    ${icons.video()}
  </button>`;
}
