/** The player: which frame is on screen, how it begins, and when a video counts as dead. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { freshBrowser, happens, pass } from "./browser.js";
import { openHls } from "../../static/core/video/player-hls.js";
import { Player } from "../../static/core/video/player.js";
import { VirtualPlayer } from "../../static/core/video/player-virtual.js";

const turn = () => new Promise((done) => setImmediate(done));

/** A <video> whose frames and refusals the test gives. */
class FakeVideo {
  paused = true;
  ended = false;
  seeking = false;
  readyState = 4;
  currentTime = 0;
  muted = false;
  playbackRate = 1;
  buffered = { length: 1, start: () => 0, end: () => this.currentTime + this.kept };
  kept = 8; // s in the buffer
  textTracks = [];
  refuses = () => false;
  #listeners = new Map();
  #frames = [];

  addEventListener(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }
  removeEventListener() {}
  requestVideoFrameCallback(callback) {
    this.#frames.push(callback);
  }
  async play() {
    if (this.refuses()) throw Object.assign(new Error(), { name: "NotAllowedError" });
    this.paused = false;
  }
  pause() {
    this.paused = true;
    this.happens("pause");
  }
  happens(name) {
    for (const listener of this.#listeners.get(name) ?? []) listener();
  }
  /** The browser draws the frame at `seconds`; `position`: where the video itself says it is. */
  present(seconds, position = seconds) {
    this.currentTime = position;
    for (const callback of this.#frames.splice(0)) callback(0, { mediaTime: seconds });
  }
}

let time;
let video;
let player;
let told;
let frames;

/** Time passes, and the player's own timer with it. */
function wait(ms) {
  for (let left = ms; left > 0; left -= 250) {
    time += Math.min(250, left);
    pass(Math.min(250, left));
  }
}

beforeEach(() => {
  freshBrowser();
  time = 1_000;
  frames = [];
  video = new FakeVideo();
  player = new Player(video, () => time);
  player.onFrame = () => frames.push(player.frame);
  player.open((_video, say) => {
    told = say;
    return { map: null, span: () => ({ from: 10, to: 60, live: true }), close() {}, retry() {} };
  });
});

test("the frame that the browser has drawn counts, not where the video says it is", () => {
  video.present(12.5, 12.54);
  wait(250);
  assert.deepEqual(frames, [12.5]);
  assert.equal(player.state, "playing");
});

test("in a hidden tab nobody tells of frames: the position must do", () => {
  video.present(12.5);
  video.currentTime = 14;
  wait(1_000);
  assert.equal(player.frame, 14);
});

test("while it seeks the old frame is still the one on screen", () => {
  video.present(50);
  Object.assign(video, { currentTime: 20, seeking: true });
  wait(3_000);
  assert.equal(player.frame, 50);
  video.seeking = false;
  video.present(20);
  assert.equal(player.frame, 20);
});

test("looking at the page again reads where the video is by now", () => {
  video.present(12.5);
  time += 5_000;
  video.currentTime = 17.5;
  happens("visibilitychange");
  assert.equal(player.frame, 17.5);
});

test("paused it stands, and is not dead however long it stands", () => {
  video.present(30);
  player.pause();
  wait(60_000);
  assert.equal(player.state, "paused");
  assert.equal(player.frame, 30);
  assert.equal(player.late, 30);
});

test("a browser that refuses sound gets none, and the page offers it", async () => {
  video = new FakeVideo();
  video.refuses = () => !video.muted;
  player = new Player(video, () => time);
  player.open(() => ({ map: null, span: () => undefined, close() {}, retry() {} }));
  await turn();
  assert.ok(player.silenced);
  assert.equal(video.paused, false);
});

test("a browser that refuses to play waits for a tap, with sound", async () => {
  video = new FakeVideo();
  video.refuses = () => true;
  player = new Player(video, () => time);
  player.open(() => ({ map: null, span: () => undefined, close() {}, retry() {} }));
  await turn();
  await turn();
  wait(60_000);
  assert.equal(player.state, "refused");
  assert.equal(video.muted, false);
  video.refuses = () => false;
  player.play();
  await turn();
  video.present(3);
  assert.equal(player.state, "playing");
});

test("what should play and stands for long is dead, until another frame comes", () => {
  video.paused = false;
  video.present(30);
  wait(5_000);
  assert.equal(player.state, "waiting");
  wait(10_000);
  assert.equal(player.state, "dead");
  assert.equal(player.trouble, "stalled");
  video.present(31);
  assert.equal(player.state, "playing");
  assert.equal(player.trouble, "");
});

test("what a device slept through is not dead, and goes on", () => {
  video.paused = false;
  video.present(30);
  wait(1_000);
  time += 600_000;
  wait(2_000);
  assert.equal(player.state, "waiting");
  video.paused = true; // by the browser, in a hidden tab
  happens("visibilitychange");
  assert.equal(video.paused, false);
});

test("trouble is no trouble as long as the picture goes on", () => {
  video.paused = false;
  video.present(30);
  told.trouble("pieces");
  assert.equal(player.state, "playing");
  wait(4_000);
  assert.equal(player.state, "dead");
  assert.equal(player.trouble, "pieces");
});

test("one seeks no further than the stream goes", () => {
  player.seek(500);
  assert.equal(video.currentTime, 60);
  player.seek(-5);
  assert.equal(video.currentTime, 10);
});

// Held up -------------------------------------------------------------------------

/** It plays for so many seconds, while the stream goes on by as much. */
function plays(seconds) {
  for (let tick = 0; tick < seconds * 4; tick++) {
    to += 0.25;
    video.present(video.currentTime + 0.25 * video.playbackRate);
    wait(250);
  }
}

let to;
function live() {
  to = 60;
  video.currentTime = 60;
  player.open(() => ({ map: null, span: () => ({ from: 0, to, live: true }), close() {}, retry() {} }));
  video.paused = false;
  plays(2);
}

/** The stream goes on and the picture stands. */
function heldUp(seconds) {
  to += seconds;
  wait(seconds * 1_000);
}

test("what was held up plays a little faster until it is where it was", () => {
  live();
  assert.equal(video.playbackRate, 1);
  heldUp(4);
  assert.equal(video.playbackRate, 1, "it stands");
  plays(2);
  assert.ok(player.catchingUp);
  assert.equal(video.playbackRate, 1.05);
  plays(80);
  assert.equal(video.playbackRate, 1);
  assert.ok(player.late < 0.7);
  plays(10);
  assert.equal(video.playbackRate, 1, "and stays there");
});

test("a long way is caught up with faster", () => {
  live();
  heldUp(11);
  plays(2);
  assert.equal(video.playbackRate, 1.1);
});

test("with little in the buffer it does not hurry", () => {
  live();
  heldUp(4);
  video.kept = 1;
  plays(2);
  assert.equal(video.playbackRate, 1);
});

test("who pauses or seeks is left where he is, until he goes to live", () => {
  live();
  heldUp(4);
  plays(2);
  player.pause();
  assert.equal(video.playbackRate, 1);
  player.play();
  plays(5);
  assert.equal(video.playbackRate, 1);
  player.toLive();
  plays(2);
  heldUp(4);
  plays(2);
  assert.ok(player.catchingUp);
  player.seek(20);
  plays(5);
  assert.equal(video.playbackRate, 1);
});

test("a video that is not live keeps the rate that its viewer has chosen", () => {
  player.open(() => ({ map: null, span: () => ({ from: 0, to: 600, live: false }), close() {}, retry() {} }));
  video.paused = false;
  player.rate = 1.5;
  to = 0;
  plays(2);
  heldUp(5);
  plays(5);
  player.pause();
  assert.equal(video.playbackRate, 1.5);
});

// A stream by hls.js ---------------------------------------------------------------

/** hls.js as far as the source knows it; `all` are those that were made. */
class FakeHls {
  static all = [];
  static isSupported = () => true;
  static Events = Object.fromEntries(
    ["MANIFEST_LOADED", "LEVEL_UPDATED", "LEVEL_PTS_UPDATED", "FRAG_BUFFERED", "ERROR"].map((name) => [name, name]),
  );
  levels = [{}];
  calls = [];
  #on = {};

  constructor(config) {
    this.config = config;
    FakeHls.all.push(this);
  }
  on(name, heard) {
    this.#on[name] = heard;
  }
  says(name, about) {
    this.#on[name]?.(name, about);
  }
}
for (const name of ["loadSource", "attachMedia", "startLoad", "destroy", "recoverMediaError"]) {
  FakeHls.prototype[name] = function () {
    this.calls.push(name);
  };
}

async function stream() {
  FakeHls.all = [];
  video.readyState = 0; // no picture yet
  const asked = [];
  const load = async (address) => (asked.push(address), { default: FakeHls });
  player.open(openHls("/live.m3u8", { light: "light.js", full: "full.js" }, load));
  await turn();
  return { asked, hls: () => FakeHls.all.at(-1) };
}

const LOST = { fatal: true, type: "networkError", details: "fragLoadError", response: { code: 0 } };

test("the map from frames to dates is there with the first playlist", async () => {
  const { hls } = await stream();
  hls().says("LEVEL_UPDATED", { details: { fragments: [{ sn: 1, start: 10, duration: 2, programDateTime: 5_000 }] } });
  assert.equal(player.map.at(11), 6_000);
  assert.equal(hls().config.enableWorker, false);
});

test("a lost network is loaded from again, and what is in the buffer plays on", async () => {
  const { hls } = await stream();
  hls().says("ERROR", LOST);
  await turn();
  pass(1_000);
  assert.ok(hls().calls.includes("startLoad"));
  assert.ok(!hls().calls.includes("destroy"));
  assert.equal(player.trouble, "pieces");
});

test("when that was tried often enough all of it begins anew", async () => {
  const { hls } = await stream();
  for (let tries = 0; tries < 4; tries++) {
    hls().says("ERROR", LOST);
    await turn();
    pass(30_000);
    await turn();
  }
  assert.equal(FakeHls.all.length, 2);
  assert.ok(FakeHls.all[0].calls.includes("destroy"));
});

test("a fault in the media is mended once, then all begins anew", async () => {
  const { hls } = await stream();
  const broken = { fatal: true, type: "mediaError", details: "bufferAppendError" };
  hls().says("ERROR", broken);
  assert.ok(hls().calls.includes("recoverMediaError"));
  hls().says("ERROR", broken);
  await turn();
  pass(1_000);
  await turn();
  assert.equal(FakeHls.all.length, 2);
});

test("a stream with captions gets the build that knows them", async () => {
  const { asked, hls } = await stream();
  hls().says("MANIFEST_LOADED", { subtitles: [{}], audioTracks: [] });
  await turn();
  assert.deepEqual(asked, ["light.js", "full.js"]);
});

// Without a recording --------------------------------------------------------------

test("a player without a video runs, stands, is sought and runs faster", () => {
  const virtual = new VirtualPlayer(1_000_000, 1_060_000, () => time);
  virtual.play();
  time += 2_000;
  virtual.look();
  assert.equal(virtual.map.at(virtual.frame), 1_002_000);
  virtual.rate = 2;
  time += 2_000;
  virtual.pause();
  time += 9_000;
  virtual.look();
  assert.equal(virtual.frame, 6);
  virtual.seek(59);
  virtual.play();
  time += 5_000;
  virtual.look();
  assert.equal(virtual.state, "ended");
  assert.equal(virtual.frame, 60);
});
