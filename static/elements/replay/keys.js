/**
 * The keys of the replay, those of other players: space or K plays, the arrows go five seconds, J and L ten,
 * < and > change the speed, N and P the slide, V the picture. Heard anywhere on the page.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("./watching.js").Watching} Watching
 */

import { _ } from "../../core/i18n.js";
import { hearKeys } from "../../core/keys.js";
import { fullScreen, mute } from "./video.js";

const SHORT_S = 5;
const LONG_S = 10;

/** @type {Record<string, (replay: Replay, watching: Watching) => void>} */
const KEYS = {
  " ": (replay) => replay.toggle(),
  k: (replay) => replay.toggle(),
  arrowleft: (replay) => replay.by(-SHORT_S),
  arrowright: (replay) => replay.by(SHORT_S),
  j: (replay) => replay.by(-LONG_S),
  l: (replay) => replay.by(LONG_S),
  home: (replay) => replay.seek(0),
  end: (replay) => replay.seek(replay.length),
  "<": (replay) => replay.faster(-1),
  ">": (replay) => replay.faster(1),
  "《": (replay) => replay.faster(-1), // the same keys while a Chinese keyboard is on
  "》": (replay) => replay.faster(1),
  n: (replay) => replay.step(1),
  p: (replay) => replay.step(-1),
  pagedown: (replay) => replay.step(1),
  pageup: (replay) => replay.step(-1),
  v: (replay, watching) => replay.recording.kind !== "none" && watching.swap(),
  m: (replay) => mute(replay),
  f: () => fullScreen(),
  "?": (_replay, watching) => watching.set({ help: !watching.help }),
};

/** @param {Replay} replay @param {Watching} watching */
export function hearReplayKeys(replay, watching) {
  hearKeys(({ key, target }) => {
    if (key === " " && target.closest("button, summary, a, [role=slider]:not(.track)")) return false;
    if (key.startsWith("arrow") && target.closest("[role=tablist]")) return false;
    KEYS[key]?.(replay, watching);
    return key in KEYS;
  });
}

/** What the keys do, for people. */
export const keyHelp = () => [
  [[_("Space"), "K"], _("Play or pause")],
  [["←", "→"], _("5 seconds back or on")],
  [["J", "L"], _("10 seconds back or on")],
  [["P", "N"], _("Slide before or after")],
  [["<", ">"], _("Slower or faster")],
  [["V"], _("Slide or video large")],
  [["M", "F"], _("Sound, full screen")],
];
