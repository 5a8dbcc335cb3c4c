/**
 * The source for a live HLS stream, by hls.js, which is loaded here and nowhere else. It
 * keeps the map from frames to the stream's clock, mends what can be mended, says what is
 * wrong, and starts again from the beginning after what cannot. Opened by player.open().
 *
 * @typedef {import("hls.js").default} HlsPlayer
 * @typedef {typeof import("hls.js").default} HlsKind
 * @typedef {import("hls.js").ErrorData} ErrorData
 * @typedef {import("./player.js").Source} Source
 * @typedef {import("./player.js").Told} Told
 */

import { PlaylistMap } from "./media-map.js";
import { Backoff } from "./player-backoff.js";
import { openFile, showCaptions } from "./player-file.js";
import { codeOf, whatIsWrong } from "./player-probe.js";

const MENDED_MS = 5_000; // a second fault in the media within that is not mended but begun anew
const BACK_BUFFER_S = 60; // what was played and is kept: a short way back loads nothing
const RESUMED = 3; // times that loading is taken up again before all of it begins anew
const CODEC = /codec/i;

/**
 * @param {string} url
 * @param {{light: string, full: string}} modules  addresses of hls.js
 * @param {(address: string) => Promise<{default: HlsKind}>} [load]
 * @returns {(video: HTMLVideoElement, told: Told) => Source}
 */
export const openHls = (url, modules, load = (address) => import(address)) => (video, told) => {
  const stream = new Stream(url, modules, load, video, told);
  stream.begin();
  return stream;
};

/** @implements {Source} */
class Stream {
  map = /** @type {import("./media-map.js").FrameMap | null} */ (null);

  #url;
  #modules;
  #load;
  #video;
  #told;
  #backoff = new Backoff(() => this.#resume());
  #resumed = 0;
  /** @type {HlsPlayer | null} */
  #hls = null;
  /** The browser's own player, where hls.js cannot work. @type {Source | null} */
  #native = null;
  #full = false;
  #closed = false;
  #mended = -Infinity;
  #captions = false;

  /**
   * @param {string} url @param {{light: string, full: string}} modules
   * @param {(address: string) => Promise<{default: HlsKind}>} load
   * @param {HTMLVideoElement} video @param {Told} told
   */
  constructor(url, modules, load, video, told) {
    this.#url = url;
    this.#modules = modules;
    this.#load = load;
    this.#video = video;
    this.#told = told;
  }

  /** From the beginning: the first time, and after what could not be mended. */
  async begin() {
    this.#hls?.destroy();
    this.#hls = null;
    const Hls = await this.#module();
    if (!Hls || this.#closed || this.#hls) return;
    const again = this.map !== null;
    if (Hls.isSupported()) this.#attach(Hls);
    else this.#goNative();
    if (again) this.#told.anew();
  }

  span() {
    if (this.#native) return this.#native.span();
    const details = this.#hls?.latestLevelDetails;
    const first = details?.fragments[0];
    if (!details || !first) return undefined;
    const to = details.live ? (this.#hls?.liveSyncPosition ?? details.edge) : details.edge;
    return { from: first.start, to: Math.max(first.start, to), live: details.live };
  }

  retry() {
    if (this.#native) this.#native.retry();
    else this.#backoff.now();
  }

  /** @param {boolean} on */
  captions(on) {
    this.#captions = on;
    if (this.#hls && this.#full) this.#hls.subtitleDisplay = on;
    showCaptions(this.#video, on);
  }

  close() {
    this.#closed = true;
    this.#backoff.end();
    this.#native?.close();
    this.#hls?.destroy();
    this.#hls = null;
  }

  // Attaching -----------------------------------------------------------------

  /** hls.js itself, or nothing now and another try later. */
  async #module() {
    try {
      return (await this.#load(this.#full ? this.#modules.full : this.#modules.light)).default;
    } catch {
      if (!this.#closed) {
        this.#told.trouble("unreachable");
        this.#backoff.later();
      }
      return null;
    }
  }

  #goNative() {
    if (!this.#video.canPlayType("application/vnd.apple.mpegurl")) {
      this.#told.trouble("browser");
      return;
    }
    this.#native = openFile(this.#url, { hls: true })(this.#video, this.#told);
    this.map = this.#native.map;
  }

  /** @param {HlsKind} Hls */
  #attach(Hls) {
    const map = new PlaylistMap();
    const hls = new Hls({ enableWorker: false, backBufferLength: BACK_BUFFER_S });
    const { Events } = Hls;
    hls.on(Events.MANIFEST_LOADED, (_event, { subtitles, captions, audioTracks }) => {
      const more = subtitles?.length || captions?.length || audioTracks.some((track) => track.url);
      if (!more || this.#full) return;
      this.#full = true;
      void this.begin();
    });
    // The bounds of fragments are known better once they are parsed: then all of them move.
    const read = (/** @type {string} */ _event, /** @type {{details: import("hls.js").LevelDetails}} */ { details }) => {
      map.take(details.fragments);
      this.#told.changed();
    };
    hls.on(Events.LEVEL_UPDATED, read);
    hls.on(Events.LEVEL_PTS_UPDATED, read);
    hls.on(Events.FRAG_BUFFERED, () => this.#fine());
    hls.on(Events.ERROR, (_event, fault) => fault.fatal && void this.#fatal(hls, fault));
    hls.loadSource(this.#url);
    hls.attachMedia(this.#video);
    this.map = map;
    this.#hls = hls;
    this.captions(this.#captions);
  }

  // Faults --------------------------------------------------------------------

  #fine() {
    this.#backoff.reset();
    this.#resumed = 0;
  }

  /** Go on loading, so that what is there still plays; if that was tried often enough, all of it anew. */
  #resume() {
    if (!this.#hls || this.#resumed >= RESUMED) return void this.begin();
    this.#resumed += 1;
    this.#hls.startLoad();
  }

  /** @param {HlsPlayer} hls @param {ErrorData} fault */
  async #fatal(hls, fault) {
    if (hls !== this.#hls) return;
    const media = fault.type !== "networkError";
    if (media && !CODEC.test(fault.details) && Date.now() - this.#mended > MENDED_MS) {
      this.#mended = Date.now();
      hls.recoverMediaError();
      return;
    }
    if (media || !hls.levels.length) {
      this.#hls = null;
      hls.destroy();
    }
    this.#backoff.later();
    const code = await this.#code(fault);
    if (!this.#closed) this.#told.trouble(code);
  }

  /** What the fault means, as a code of elements/video/trouble.js. @param {ErrorData} fault */
  async #code({ details, type, response, error }) {
    if (CODEC.test(details) || CODEC.test(error?.message ?? "")) return "codec";
    if (type !== "networkError") return "broken";
    const said = codeOf(response?.code ?? 0);
    if (said) return details.startsWith("frag") ? "pieces" : said;
    if (details === "manifestParsingError") return "no_playlist";
    if (details.startsWith("frag")) return "pieces";
    return (await whatIsWrong(this.#url, { playlist: true })) || "broken";
  }
}
