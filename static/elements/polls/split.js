/**
 * The result of a poll by group: a line for each site or unit, and in it each option with its share of the
 * people there; of a number the median. A sign stands for each option, whose name is above. The same
 * on a phone, at the desk and in the hall; part of result.js and of the screen's board.
 *
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../../protocol.d.ts").Split} Split
 * @typedef {import("../../protocol.d.ts").Group} Group
 * @typedef {Split["by"]} By
 */

import { html, nothing } from "lit-html";
import { kindOf, groupsOf } from "../../ballots/index.js";
import { _, ngettext } from "../../core/i18n.js";
import { number, percent } from "../../core/text.js";
import { vars } from "../../core/vars.js";

const FEW = 4; // options that stand beside the name of the group on a wide page
const MANY = 6; // groups from which they stand in two columns there, or else closer

/** By what there may be groups, as a button and a heading name it. @param {By} by */
export const byName = (by) => ({ kind: _("By room and remote"), site: _("By site"), unit: _("By unit") })[by];

/** @param {By} by @param {Group} group */
function groupName(by, { name = "", rest = 0 }) {
  if (rest) return ngettext("{n} other", "{n} others", rest);
  if (!name) return by === "unit" ? _("Without a unit") : _("Without a site");
  const kinds = { room: _("In a room"), remote: _("Remote"), shared: _("At a shared screen") };
  return by === "kind" ? (kinds[/** @type {keyof typeof kinds} */ (name)] ?? name) : name;
}

/** @param {PollDoc} poll @param {Split} split */
export function splitResult({ ballot, quiz }, { by, groups = [] }) {
  const { options, signs, told } = groupsOf(ballot);
  const long = options.length > FEW;
  const many = groups.length > MANY;
  const look = `${long ? "split--long" : ""} ${many ? (long ? "split--dense" : "split--columns") : ""}`;
  const medians = groups.map(({ median }) => Number(median));
  const [least, most] = [Math.min(0, ...medians), Math.max(0, ...medians)];
  const right = quiz?.right ?? [];
  return html`<div class="split ${look}">
    <ol class="split__options" role="list">
      <li><b>${byName(by)}</b> ${told}</li>
      ${options.map((label, at) => (label ? html`<li data-sign=${signs[at] ?? ""}>${label}</li>` : nothing))}
    </ol>
    <ul class="split__groups" role="list" ${vars({ rows: Math.ceil(groups.length / 2) })}>
      ${groups.map(
        (group, at) => html`<li class="group">
          <p class="group__name">
            <span>${groupName(by, group)}</span> <small class="soft">${ngettext("{n} vote", "{n} votes", group.votes)}</small>
          </p>
          ${
            group.median == null
              ? shares(options, signs, group, right)
              : html`<p class="group__cell">
                  <b>${kindOf(ballot).said(ballot, [number(Number(group.median))])}</b>
                  ${track(((medians[at] ?? 0) - least) / (most - least || 1))}
                </p>`
          }
        </li>`,
      )}
    </ul>
    ${groups.length ? nothing : html`<p class="soft">${_("No group has as many as five votes.")}</p>`}
  </div>`;
}

/** @param {string[]} options @param {string[]} signs @param {Group} group @param {import("../../ballots/options.js").Choice} right */
function shares(options, signs, { counts = [], votes }, right) {
  const most = Math.max(1, ...counts);
  return html`<ol class="group__cells" role="list" ${vars({ cells: options.length })}>
    ${options.map((label, option) => {
      const count = counts[option] ?? 0;
      const share = votes ? count / votes : 0;
      const look = `${count === most ? "bar--lead" : ""} ${right.includes(option) ? "bar--right" : ""}`;
      const sign = signs[option] ?? "";
      return html`<li class="group__cell ${look}" data-sign=${sign} aria-label="${label || sign}: ${percent(share)}, ${number(count)}">
        <b>${percent(share)}</b>${track(share)}
      </li>`;
    })}
  </ol>`;
}

/** @param {number} share */
const track = (share) =>
  html`<span class="bar__track" aria-hidden="true"><i class="bar__fill" ${vars({ share })}></i></span>`;
