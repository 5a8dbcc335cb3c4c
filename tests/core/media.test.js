/** The media clock: the moment in the hall that belongs to the frame on screen, and the ladder below it. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { AT, MemoryStorage } from "./browser.js";
import { Media } from "../../static/core/video/media.js";
import { Personal } from "../../static/core/video/media-calibration.js";
import { LineMap, PlaylistMap } from "../../static/core/video/media-map.js";

const PIECE_S = 2;
const BEGAN = AT - 60_000; // the stream's first frame, by its own clock

/** A window of the playlist: pieces of two seconds from number `first` on. */
const pieces = (first, count, { start = first * PIECE_S, shift = 0 } = {}) =>
  Array.from({ length: count }, (_, i) => ({
    sn: first + i,
    start: start + i * PIECE_S,
    duration: PIECE_S,
    programDateTime: BEGAN + (first + i) * PIECE_S * 1000 + shift,
  }));

/** A viewer of a stream: `hands.now` is the server's time, `player.frame` what is on screen. */
function viewer({ kind = "hls", site = "remote", storage = new MemoryStorage(), ...doc } = {}) {
  const hands = { now: AT };
  const docs = { broadcast: { sites: [{ id: site, kind: site }] }, video: { kind, turns: [], ...doc } };
  const store = { get: (key) => docs[key], you: { site } };
  const media = new Media({ now: () => hands.now, personal: new Personal("live:viewing:x", storage) });
  const map = new PlaylistMap();
  map.take(pieces(0, 30));
  const player = { state: "playing", frame: undefined, expected: undefined, map };
  const look = () => media.look(store, "attendee");
  look();
  return { media, player, map, hands, docs, store, look };
}

/** One whose picture runs, ten seconds behind. */
function watching(about) {
  const all = viewer(about);
  all.player.frame = 50;
  all.media.follow(all.player);
  return all;
}

let map;
beforeEach(() => {
  map = new PlaylistMap();
});

test("a frame has the date of its piece and what has passed in it", () => {
  map.take(pieces(10, 3));
  assert.equal(map.at(20), BEGAN + 20_000);
  assert.equal(map.at(23.5), BEGAN + 23_500);
  assert.equal(map.find(BEGAN + 23_500), 23.5);
});

test("what has left the playlist's window is still known to who has paused", () => {
  map.take(pieces(0, 5));
  map.take(pieces(20, 5));
  assert.equal(map.at(3), BEGAN + 3_000);
  assert.equal(map.at(41), BEGAN + 41_000);
});

test("when the bounds turn out to be others the pieces before move along", () => {
  map.take(pieces(0, 5));
  map.take(pieces(2, 5, { start: 4.5 }));
  assert.equal(map.at(4.5), BEGAN + 4_000);
  assert.equal(map.at(1.5), BEGAN + 1_000);
});

test("after a jump of the encoder's clock each side keeps its own dates", () => {
  map.take([...pieces(0, 2), ...pieces(2, 2, { shift: -3_000_000 })]);
  assert.equal(map.at(3), BEGAN + 3_000);
  assert.equal(map.at(5), BEGAN + 5_000 - 3_000_000);
});

test("a playlist without dates knows nothing", () => {
  map.take(pieces(0, 3).map((piece) => ({ ...piece, programDateTime: null })));
  assert.equal(map.at(3), undefined);
  assert.equal(map.find(AT), undefined);
});

test("in the hall it is now, whatever the video says", () => {
  const { media, hands } = watching({ site: "room" });
  hands.now += 500;
  assert.equal(media.now(), AT + 500);
  assert.equal(media.rung, "now");
});

test("the clock goes with the frames: it stands with them and goes back with a seek", () => {
  const { media, player, hands } = watching();
  assert.equal(media.now(), AT - 10_000);
  hands.now += 5_000; // paused
  assert.equal(media.now(), AT - 10_000);
  assert.equal(media.behind(), 15_000);
  player.frame = 30;
  assert.equal(media.now(), AT - 30_000);
  player.frame = 55;
  assert.equal(media.now(), AT - 5_000);
  assert.equal(media.rung, "playlist");
});

test("the correction of the stream's clock is the newest that is known by now", () => {
  const turns = [
    { at: AT - 50_000, cal_ms: -1_000 },
    { at: AT + 2_000, cal_ms: 3_000 },
  ];
  const { media, hands } = watching({ turns });
  assert.equal(media.now(), AT - 11_000);
  hands.now += 2_000;
  assert.equal(media.now(), AT - 7_000);
});

test("a correction to earlier makes the clock stand until the frames have caught up", () => {
  const { media, player, docs, look } = watching();
  assert.equal(media.now(), AT - 10_000);
  docs.video = { ...docs.video, turns: [{ at: AT, cal_ms: -1_000 }] };
  look();
  assert.equal(media.now(), AT - 10_000);
  player.frame = 50.9;
  assert.equal(media.now(), AT - 10_000);
  player.frame = 51.2;
  assert.equal(media.now(), AT - 9_800);
});

test("after the encoder began anew older frames keep their own correction", () => {
  const turns = [
    { at: AT - 40_000, cal_ms: -1_000 },
    { at: AT, cal_ms: 2_000, from_pdt: BEGAN + 52_000 },
  ];
  const { media, player } = watching({ turns });
  assert.equal(media.now(), AT - 11_000);
  player.frame = 52;
  assert.equal(media.now(), AT - 6_000);
});

test("a stream from the future is taken as now", () => {
  const { media, map } = watching();
  map.take(pieces(0, 30, { shift: 3_600_000 }));
  assert.equal(media.now(), AT);
});

test("before the first picture it is the moment the video will begin with", () => {
  const { media, player } = viewer();
  Object.assign(player, { state: "loading", expected: 48 });
  media.follow(player);
  assert.equal(media.now(), AT - 12_000);
});

test("until the stream has said its time nothing of the last seconds is given away", () => {
  const { media, player } = viewer({ delay_ms: 4_000 });
  player.state = "loading";
  media.follow(player);
  assert.ok(media.now() <= AT - 15_000);
});

test("when the video dies the slides go on as far behind as they were", () => {
  const { media, player, hands } = watching();
  hands.now += 3_000;
  assert.equal(media.now(), AT - 10_000);
  player.state = "dead";
  hands.now += 20_000;
  assert.equal(media.now(), AT - 13_000 + 23_000);
  assert.equal(media.rung, "calibrated");
});

test("a player elsewhere is as far behind as it usually is here, or as was measured", () => {
  const { media } = viewer({ kind: "embed", delay_ms: 8_000 });
  assert.equal(media.now(), AT - 8_000);
  assert.equal(media.rung, "site");
  media.set(AT - 14_000);
  assert.equal(media.now(), AT - 14_000);
  assert.equal(media.rung, "calibrated");
  media.nudge(500);
  assert.equal(media.behind(), 13_500);
  media.reset();
  assert.equal(media.rung, "site");
});

test("a delay that the desk has measured goes before the usual one", () => {
  const { media, hands } = viewer({ kind: "embed", delay_ms: 8_000, turns: [{ at: AT - 1_000, cal_ms: -11_000 }] });
  assert.equal(media.behind(), 11_000);
  assert.equal(media.rung, "calibrated");
  media.set(AT - 13_000);
  hands.now += 1_000;
  assert.equal(media.behind(), 13_000);
});

test("with no delay known a player elsewhere gets what happens now", () => {
  const { media } = viewer({ kind: "embed" });
  assert.equal(media.now(), AT);
  assert.equal(media.rung, "now");
});

test("what was measured is kept on this device for the broadcast", () => {
  const storage = new MemoryStorage();
  viewer({ kind: "embed", storage }).media.set(AT - 14_000);
  assert.equal(viewer({ kind: "embed", storage }).media.behind(), 14_000);
});

test("a video without dates still stands when it is paused", () => {
  const { media, player, hands } = watching({ delay_ms: 6_000 });
  player.map = null;
  media.follow(player);
  assert.equal(media.now(), AT - 6_000);
  hands.now += 30_000;
  assert.equal(media.now(), AT - 6_000);
  player.frame += 2;
  assert.equal(media.now(), AT - 4_000);
  assert.equal(media.rung, "site");
});

test("what a viewer sets on a dated stream holds until the server has measured anew", () => {
  const { media, docs, look, hands } = watching();
  media.set(AT - 12_500);
  assert.equal(media.now(), AT - 12_500);
  assert.equal(media.rung, "playlist");
  hands.now += 1_000;
  docs.video = { ...docs.video, turns: [{ at: AT + 500, cal_ms: 0 }] };
  look();
  assert.equal(media.now(), AT - 10_000);
});

test("a recording with its beginning has a clock of its own", () => {
  const { media, player } = watching({ kind: "file" });
  player.map = new LineMap(0, AT - 3_600_000);
  assert.equal(media.now(), AT - 3_550_000);
});

test("who watches with others elsewhere says so himself, and it is remembered", () => {
  const storage = new MemoryStorage();
  const { media, look } = viewer({ site: "shared", storage });
  assert.equal(media.place, "remote");
  assert.ok(media.mayChoose);
  media.choose("room");
  look();
  assert.equal(media.now(), AT);
  assert.equal(viewer({ site: "shared", storage }).media.place, "room");
});
