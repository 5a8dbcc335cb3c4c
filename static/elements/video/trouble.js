/**
 * What is wrong with a video, as sentences: codes that a player gives, and nothing that
 * needs to be looked up. Each says what the viewer can do, or that it comes back by itself.
 * Used by the pane; the desk has sentences of its own for its organiser.
 */

import { _ } from "../../core/i18n.js";

/** @type {Record<string, () => string>} */
const SENTENCES = {
  stalled: () => _("The video has stopped. It comes back by itself as soon as the stream does."),
  unreachable: () => _("The video cannot be reached. Trying again by itself."),
  not_found: () => _("There is no video at its address at the moment. Trying again by itself."),
  forbidden: () => _("The server of the video does not let you in. Trying again by itself."),
  server_error: () => _("The server of the video has a fault. Trying again by itself."),
  cors: () => _("The server of the video does not allow it to be shown on this page. The organiser must allow it there."),
  no_playlist: () => _("What lies at the address of the video is a page, not a stream. The organiser must correct it."),
  pieces: () => _("Parts of the video do not come. Trying again by itself."),
  broken: () => _("The video is damaged. Trying again by itself."),
  codec: () => _("This browser cannot play this kind of video. Try another browser."),
  browser: () => _("This browser cannot play live streams. Try another browser."),
};

/** @param {string} code */
export const troubleSentence = (code) => (SENTENCES[code] ?? SENTENCES.stalled)?.() ?? "";
