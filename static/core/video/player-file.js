/**
 * Sources that the browser plays by itself: a file (MP4, WebM), and HLS in browsers without
 * Media Source Extensions (Safari on a phone), whose getStartDate() gives the clock.
 * Opened by player.open(); when it fails it finds out why, and tries again later.
 *
 * @typedef {import("./player.js").Source} Source
 * @typedef {import("./player.js").Told} Told
 */

import { LineMap } from "./media-map.js";
import { Backoff } from "./player-backoff.js";
import { whatIsWrong } from "./player-probe.js";

const NOT_FROM_HERE = 4; // MediaError: this browser cannot play that, or it could not be loaded

/**
 * @param {string} url
 * @param {{startsAt?: number, hls?: boolean}} [about]  startsAt: wall ms of the first frame
 * @returns {(video: HTMLVideoElement, told: Told) => Source}
 */
export const openFile = (url, { startsAt, hls = false } = {}) => (video, told) => {
  const backoff = new Backoff(() => load());
  const load = () => {
    video.src = url;
    video.load();
    told.anew();
  };
  const failed = async () => {
    const code = await whatIsWrong(url, { playlist: hls });
    told.trouble(code || (video.error?.code === NOT_FROM_HERE ? "codec" : "broken"));
    backoff.later();
  };
  const fine = () => backoff.reset();
  video.addEventListener("error", failed);
  video.addEventListener("playing", fine);
  video.src = url;
  return {
    map: hls ? startDateMap(video) : startsAt === undefined ? null : new LineMap(0, startsAt),
    span: () => spanOf(video),
    retry: () => backoff.now(),
    captions: (on) => showCaptions(video, on),
    close() {
      backoff.end();
      video.removeEventListener("error", failed);
      video.removeEventListener("playing", fine);
      video.removeAttribute("src");
      video.load();
    },
  };
};

/** Safari knows the date of the first moment that it counts from. @param {HTMLVideoElement} video */
function startDateMap(video) {
  const began = () => /** @type {{getStartDate?: () => Date}} */ (/** @type {unknown} */ (video)).getStartDate?.().getTime();
  return {
    at(/** @type {number} */ seconds) {
      const start = began();
      return start === undefined || Number.isNaN(start) ? undefined : start + seconds * 1000;
    },
    find(/** @type {number} */ wall) {
      const start = began();
      return start === undefined || Number.isNaN(start) ? undefined : (wall - start) / 1000;
    },
  };
}

/** @param {HTMLVideoElement} video */
export function spanOf({ seekable, duration }) {
  if (!seekable.length) return undefined;
  return { from: seekable.start(0), to: seekable.end(seekable.length - 1), live: duration === Infinity };
}

/** @param {HTMLVideoElement} video @param {boolean} on */
export function showCaptions({ textTracks }, on) {
  const tracks = [...textTracks].filter(({ kind }) => kind === "subtitles" || kind === "captions");
  const best = tracks.find(({ language }) => document.documentElement.lang.startsWith(language.slice(0, 2))) ?? tracks[0];
  for (const track of tracks) track.mode = on && track === best ? "showing" : "disabled";
}
