/**
 * The replay page: a broadcast watched again after its end. Entry module of /b/{slug}/replay; it makes the
 * store of the docs in the page, a player for the recording (or for time alone, where there is none), and
 * draws elements/replay/page.js.
 */

import { openFile } from "./core/video/player-file.js";
import { openHls } from "./core/video/player-hls.js";
import { Player } from "./core/video/player.js";
import { VirtualPlayer } from "./core/video/player-virtual.js";
import { Replay } from "./core/replay/replay.js";
import { Store } from "./core/store.js";
import { replayPage } from "./elements/replay/page.js";
import { hearReplayKeys } from "./elements/replay/keys.js";
import { Watching } from "./elements/replay/watching.js";

const { slug = "", hls = "", hlsFull = "" } = document.body.dataset;
const store = new Store();
store.apply(JSON.parse(document.getElementById("first")?.textContent ?? "null"));

/** @param {import("./core/docs.d.ts").Recording} recording @param {number} length  s */
function player({ kind, url }, length) {
  if (kind === "none") return new VirtualPlayer(0, length * 1000);
  const made = new Player(document.createElement("video"));
  made.video.preload = "auto";
  const source = kind === "hls" ? openHls(url, { light: hls, full: hlsFull }) : openFile(url);
  made.open(source, { begin: false });
  return made;
}

const recording = /** @type {import("./core/docs.d.ts").Recording} */ (store.get("recording"));
const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const replay = new Replay({ store, slug, root, storage: localStorage, player: (length) => player(recording, length) });
const watching = new Watching(replay);
hearReplayKeys(replay, watching);
replay.show(() => replayPage(replay, watching));
