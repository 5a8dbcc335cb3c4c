/**
 * What a hall shows without words: the signs and the paces, each with its drawing and
 * its name. The phone's row, the desk's gauge and the screen's corner draw from here.
 *
 * @typedef {"agree" | "thanks" | "applause" | "unclear"} Sign
 * @typedef {"slower" | "clear" | "faster"} Pace
 */

import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";

/** @type {{sign: Sign, icon: () => unknown, name: () => string}[]} */
export const SIGNS = [
  { sign: "agree", icon: icons.thumb, name: () => _("I agree") },
  { sign: "thanks", icon: icons.heart, name: () => _("Thank you") },
  { sign: "applause", icon: icons.clap, name: () => _("Applause") },
  { sign: "unclear", icon: icons.unclear, name: () => _("Unclear") },
];

/** @type {{pace: Pace, icon: () => unknown, name: () => string}[]} */
export const PACES = [
  { pace: "slower", icon: icons.minus, name: () => _("Slower") },
  { pace: "clear", icon: icons.check, name: () => _("Clear") },
  { pace: "faster", icon: icons.plus, name: () => _("Faster") },
];
