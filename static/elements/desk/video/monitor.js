/**
 * The desk's monitor and its clap: the stream as viewers elsewhere get it, small and without
 * sound, and the two presses that tell how far it is behind. It sends what was pressed and
 * which frame was on screen; what follows from it the server decides. video.js draws it.
 *
 * @typedef {import("../self.js").Desk} Desk
 */

import { _ } from "../../../core/i18n.js";
import { openFile } from "../../../core/video/player-file.js";
import { openHls } from "../../../core/video/player-hls.js";
import { Player } from "../../../core/video/player.js";

const GIVEN_UP_MS = 120_000; // a clap that nobody has seen by then was missed

export class Monitor {
  /** @type {Player | null} */
  player = null;
  /** Whether it was asked for. */
  open = false;
  /** When the desk clapped, on the server's clock; null: it has not. @type {number | null} */
  clapped = null;

  #desk;
  #url = "";

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  get doc() {
    return this.#desk.page.store.get("video");
  }

  /** @param {boolean} open */
  show(open) {
    this.open = open;
    this.#desk.page.redraw();
  }

  /** Opens, keeps or closes the player, as the doc and the tab have it. @param {boolean} [seen] */
  refresh(seen = true) {
    const { doc } = this;
    const ours = doc?.kind === "hls" || doc?.kind === "file";
    const url = seen && this.open && ours ? (doc.url ?? "") : "";
    if (url === this.#url) return;
    this.#url = url;
    this.player?.close();
    this.player = url ? this.#play(url) : null;
  }

  /** @param {string} url */
  #play(url) {
    const { hls: light = "", hlsFull: full = "" } = document.body.dataset;
    const player = new Player(document.createElement("video"));
    player.video.className = "monitor__picture";
    player.video.muted = true;
    player.onChange = () => this.#desk.page.redraw();
    player.open(this.doc?.kind === "hls" ? openHls(url, { light, full }) : openFile(url));
    return player;
  }

  /** When the frame on screen was taken, by the stream's own clock. */
  get frameAt() {
    const { player } = this;
    const at = player?.frame === undefined ? undefined : player.map?.at(player.frame);
    return at === undefined ? undefined : Math.round(at);
  }

  // The clap ------------------------------------------------------------------

  get waiting() {
    const now = this.#desk.page.now();
    return this.clapped !== null && now - this.clapped < GIVEN_UP_MS;
  }

  clap() {
    this.clapped = Math.round(this.#desk.page.now());
    this.#desk.focus("[data-do='seen']");
  }

  cancel() {
    this.clapped = null;
    this.#desk.page.redraw();
  }

  /** It is on the monitor now. */
  seen() {
    if (this.clapped === null) return;
    const frame = this.frameAt;
    const clap = { clapped_at: this.clapped, seen_at: Math.round(this.#desk.page.now()) };
    this.clapped = null;
    void this.#desk.give(
      { do: "clap", ...clap, ...(frame === undefined ? {} : { frame_at: frame }) },
      { lasting: false, said: _("The clap is taken: every viewer goes by it."), about: "clap" },
    );
    this.#desk.focus("[data-do='clap']");
  }

  /** @param {number} ms */
  nudge(ms) {
    void this.#desk.give({ do: "nudge", by_ms: ms }, { lasting: false });
  }

  byItself() {
    void this.#desk.give({ do: "calibrate_by_itself" }, { said: _("Back to automatic."), about: "clap" });
  }

  /** @param {boolean} on */
  mark(on) {
    void this.#desk.give({ do: "show_mark", on }, { slot: "show_mark" });
  }
}
