/**
 * What the server's watch has found wrong with the video, as sentences for the desk: what it
 * is, and which rung of the ladder is left for viewers. The codes are those of
 * live/domain/video.py. What a viewer's own player says stands in video/trouble.js.
 *
 * @typedef {NonNullable<import("../../../protocol.d.ts").WatchDoc["trouble"]>} Trouble
 * @typedef {"none" | "hls" | "embed" | "file"} Kind
 */

import { _ } from "../../../core/i18n.js";
import { sentences } from "../../../core/text.js";

/** @type {Record<Trouble, (detail: string, kind: Kind) => string>} */
const WRONG = {
  unreachable: (detail) => UNREACHABLE[detail]?.() ?? _("The server cannot reach the video's host."),
  private_address: (detail) =>
    _("The video's host is in a private network ({detail}), which this server may not ask. Start it with --stream-networks to allow that.", { detail }),
  not_found: (detail) => _("There is nothing at the video's address ({detail}). Is the encoder running?", { detail }),
  refused: (detail) => _("The video's host refuses ({detail}). Perhaps its address has expired.", { detail }),
  server_error: (detail) => _("The video's host has a fault of its own ({detail}).", { detail }),
  moved: (detail) => _("The video's address leads on to another host ({detail}). Set up that one instead.", { detail }),
  too_large: () => _("What comes from the video's address is far too large for a playlist."),
  not_a_playlist: (_detail, kind) =>
    kind === "file" ? _("What lies at the address is a web page, not a video.") : _("What lies at the address is no HLS playlist: most often a web page."),
  ended: () => _("The stream says that it has ended."),
  stalled: (detail) => _("Nothing new has come in the stream for {detail} s. Is the encoder running?", { detail }),
  gaps: () => _("Parts of the stream are missing."),
  no_dates: () => _("The stream does not say when its pictures were taken (no PROGRAM-DATE-TIME). Switch that on at the packager, if you can."),
  old_dates: (detail) => _("The stream's dates are {time} in the past.", { time: span(detail) }),
  future_dates: (detail) => _("The stream's dates are {time} in the future.", { time: span(detail) }),
  elsewhere: (detail) => _("The stream's parts lie on another host ({detail}), from which pages may not load. Set up that one instead.", { detail }),
  no_cors: () => _("The video's host does not let scripts of this page read the stream. It must send Access-Control-Allow-Origin."),
  codec: (detail) => _("Many browsers cannot play this stream ({detail}). H.264 with AAC works everywhere.", { detail }),
  no_framing: (detail) => _("This site does not let its page stand in a frame ({detail}). Use its share or embed link, or give viewers a link.", { detail }),
};

/** @type {Record<string, () => string>} */
const UNREACHABLE = {
  name: () => _("The name of the video's host is not known. Is the address right?"),
  timeout: () => _("The video's host does not answer in time."),
  tls: () => _("The video's host cannot prove who it is: its certificate is not valid."),
};

/** Viewers may see what the server does not. */
const UNSEEN = new Set(["unreachable", "private_address", "refused", "moved", "too_large", "elsewhere"]);
const CORRECTED = new Set(["old_dates", "future_dates"]);

/** @param {Kind} kind @param {Trouble} trouble @param {string} detail */
export const whatIsWrong = (kind, trouble, detail) => WRONG[trouble](detail, kind);

/** @param {Trouble} trouble @param {number} delay */
export function rungLeft(trouble, delay) {
  if (CORRECTED.has(trouble)) return _("It is corrected as measured, so viewers stay in step.");
  if (trouble === "gaps") return _("Viewers skip them and stay in step.");
  const s = Math.round(delay / 1000);
  const usual = s ? _("Slides go on {s} s behind the hall, as set up.", { s }) : _("Slides go on without delay.");
  if (UNSEEN.has(trouble)) return sentences(_("Who can play it all the same follows its clock, which is then not measured."), _("Else:"), usual);
  return trouble === "no_dates" ? sentences(usual, _("A clap tells how far it really is.")) : usual;
}

/** 3 days, 5 h, 20 min @param {string} detail  seconds */
function span(detail) {
  const s = Number(detail);
  if (s >= 172_800) return _("{n} days", { n: Math.round(s / 86_400) });
  return s >= 7_200 ? _("{n} h", { n: Math.round(s / 3_600) }) : _("{n} min", { n: Math.round(s / 60) });
}
