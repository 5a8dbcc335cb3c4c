/**
 * The video of the broadcast on the attendee page: the picture (a player of ours, or the
 * frame of another's), what covers it while it does not run, its controls, and the line
 * that says how far behind one is. The pane's state and its player are in pane.js.
 *
 * @typedef {import("./pane.js").VideoPane} VideoPane
 * @typedef {import("./pane.js").Layout} Layout
 * @typedef {import("../../core/video/player.js").Player} Player
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { choose, clockLine } from "./clock.js";
import { controls } from "./controls.js";
import { troubleSentence } from "./trouble.js";

/** Nothing where there is no video, or the viewer sees the hall itself. @param {VideoPane} pane */
export function attendeeVideo(pane) {
  pane.refresh();
  const { doc, page } = pane;
  if (!doc) return inTheHall(pane);
  return html`<section class="video" aria-label=${_("Video")} data-kind=${doc.kind} data-state=${pane.player?.state ?? "none"}>
    ${pane.shown ? picture(pane, doc) : nothing}
    <div class="video__line">
      ${clockLine(pane)} ${doc.kind === "embed" ? away(doc) : nothing} ${pane.shown ? arrangement(pane) : nothing}
      ${page.viewing.shared ? toggle(pane) : nothing}
    </div>
  </section>`;
}

/** For those of whom we cannot know where they are, once they have said: in the hall. @param {VideoPane} pane */
function inTheHall(pane) {
  const { viewing, store } = pane.page;
  const doc = store.get("video");
  if (!doc || doc.kind === "none" || !viewing.mayChoose || viewing.place === "remote") return nothing;
  return html`<section class="video video--off" aria-label=${_("Video")}>
    <p class="soft">${_("You are in the hall: slides come at once.")}</p>
    <button type="button" class="button button--small" data-do="watch" @click=${() => choose(pane, "remote")}>
      ${icons.video()}<span>${_("I watch the video")}</span>
    </button>
  </section>`;
}

/** @param {VideoPane} pane */
const toggle = (pane) =>
  html`<button type="button" class="button button--small button--quiet" data-do="show-video" @click=${() => pane.show(!pane.shown)}>
    ${icons.video()}<span>${pane.shown ? _("Without the video") : _("Show the video here")}</span>
  </button>`;

/** The picture itself, with what covers it and its controls. @param {VideoPane} pane @param {import("../../core/docs.d.ts").VideoDoc} doc */
export function picture(pane, doc) {
  const { player } = pane;
  if (pane.moved) return html`<div class="video__frame">${elsewhere()}</div>`;
  if (doc.kind === "embed") return doc.embed ? html`<div class="video__frame">${frame(doc.embed)}</div>` : nothing;
  if (!player) return nothing;
  return html`<div
    class="video__frame"
    tabindex="-1"
    @dblclick=${(/** @type {Event} */ event) => event.target === player.video && pane.swap()}
  >
    ${player.video} ${cover(pane, player)} ${controls(pane, player)}
  </div>`;
}

/** The page was loaded before the video came to its new place, and may not show what is there. */
const elsewhere = () =>
  html`<div class="video__over" role="alert">
    <p>${_("The video has moved. Reload this page to see it.")}</p>
    <button type="button" class="button button--small" data-do="reload" @click=${() => location.reload()}>${_("Reload")}</button>
  </div>`;

/** A player of another site, shut in: it may play and fill the screen, and nothing else. @param {string} address */
function frame(address) {
  const url = new URL(address, location.href);
  // A frame page of our own shuts its player in itself; a sandbox here would shut it in twice.
  const sandbox = url.origin === location.origin ? nothing : "allow-scripts allow-same-origin allow-presentation allow-popups";
  return html`<iframe
    class="video__picture"
    src=${url.href}
    title=${_("Video")}
    sandbox=${sandbox}
    allow="fullscreen; autoplay; encrypted-media; picture-in-picture"
    referrerpolicy="strict-origin-when-cross-origin"
  ></iframe>`;
}

/** A player that will not stand in a frame shows nothing here, and tells nobody. @param {import("../../core/docs.d.ts").VideoDoc} doc */
const away = ({ url, embed }) =>
  html`<a class="video__away" href=${url || embed || nothing} target="_blank" rel="noopener">${_("Open it in a window of its own")}</a>`;

/** What lies over a picture that does not run, or runs without sound. @param {VideoPane} pane @param {Player} player */
function cover(pane, player) {
  switch (player.state) {
    case "refused":
      return html`<button type="button" class="video__start" data-do="start" @click=${() => player.play()}>
        ${icons.play()}<span>${_("Play the video")}</span>
      </button>`;
    case "dead":
      return html`<div class="video__over" role="alert">
        ${icons.warning()}
        <p>${troubleSentence(player.trouble)}<br />${_("The slides go on.")}</p>
        <button type="button" class="button button--small" data-do="retry" @click=${() => player.play()}>${_("Try again now")}</button>
      </div>`;
    case "ended":
      return html`<div class="video__over"><p>${_("The video has ended.")}</p></div>`;
    case "loading":
    case "waiting":
      return html`<div class="video__wait" role="status"><span class="visually-hidden">${_("The video is loading")}</span></div>`;
    default:
      return player.silenced && player.video.muted ? unmute(pane) : nothing;
  }
}

/** @param {VideoPane} pane */
const unmute = (pane) =>
  html`<button type="button" class="video__unmute" data-do="unmute" @click=${() => pane.toggleSound()}>
    ${icons.muted()}<span>${_("Turn the sound on")}</span>
  </button>`;

/** Which of the two is large. @param {VideoPane} pane */
function arrangement(pane) {
  /** @type {[Layout, string, () => unknown][]} */
  const choices = [
    ["slide", _("Slide large (V)"), icons.slideLarge],
    ["video", _("Video large (V)"), icons.videoLarge],
    ["both", _("Side by side"), icons.sideBySide],
  ];
  return html`<div class="video__layouts" role="group" aria-label=${_("Arrangement")}>
    ${choices.map(
      ([layout, label, icon]) =>
        html`<button
          type="button"
          class="button button--quiet button--icon"
          data-layout=${layout}
          aria-label=${label}
          title=${label}
          aria-pressed=${pane.layout === layout ? "true" : "false"}
          @click=${() => pane.arrange(layout)}
        >
          ${icon()}
        </button>`,
    )}
  </div>`;
}
