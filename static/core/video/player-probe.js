/**
 * Why a video's address does not play, asked once of the address itself: the browser's own
 * error says no more than that it failed. The answer is a code of elements/video/trouble.js, or
 * nothing where the address answers as it should. It reads no more than the beginning.
 */

const PATIENCE_MS = 8_000;
const START = "#EXTM3U"; // what every playlist begins with

/** @param {string} url @param {{playlist: boolean}} wanted @returns {Promise<string>} */
export async function whatIsWrong(url, { playlist }) {
  try {
    const answer = await ask(url, { headers: playlist ? {} : { Range: "bytes=0-0" } });
    const code = codeOf(answer.status);
    if (code || !playlist) {
      void answer.body?.cancel();
      return code;
    }
    return (await beginning(answer)).startsWith(START) ? "" : "no_playlist";
  } catch {
    return (await isThere(url)) ? "cors" : "unreachable";
  }
}

/** What an answer's status means for who waits for a video. @param {number} status */
export function codeOf(status) {
  if (status === 401 || status === 403) return "forbidden";
  if (status === 404 || status === 410) return "not_found";
  if (status >= 400) return "server_error";
  return "";
}

/** Whether somebody answers, even if we may not read what is said. @param {string} url */
async function isThere(url) {
  try {
    await ask(url, { mode: "no-cors" });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} url @param {RequestInit} how */
const ask = (url, how) =>
  fetch(url, { cache: "no-store", credentials: "omit", signal: timeout(), ...how });

function timeout() {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), PATIENCE_MS);
  return stop.signal;
}

/** @param {Response} answer */
async function beginning(answer) {
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  void reader?.cancel();
  return new TextDecoder().decode(value?.slice(0, 100)).replace(/^\uFEFF/, "").trimStart();
}
