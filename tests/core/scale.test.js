/** The bars of a result while votes come in: they stay where they are, and none shrinks between two steps. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { lengths, scaleEnd } from "../../static/core/scale.js";

const VOTERS = 3_000;
const SEEDS = [1, 7, 42, 1_000];

/** Tallies as they come in, up to 60 votes at a time; some voters choose several options. */
function* tallies(seed, options = 10) {
  let state = seed;
  const chance = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const counts = Array(options).fill(0);
  for (let votes = 0; votes < VOTERS; ) {
    for (let more = Math.ceil(chance() * 60); more > 0; more -= 1) {
      votes += 1;
      for (let option = 0; option < options; option += 1) if (chance() < 0.5 / (option + 1)) counts[option] += 1;
    }
    yield { counts: [...counts], votes };
  }
}

test("a bar never shrinks while votes are added, unless the scale takes a step", () => {
  for (const seed of SEEDS) {
    let before;
    let end = 0;
    for (const { counts, votes } of tallies(seed)) {
      const now = lengths(counts, votes, true);
      if (before && scaleEnd(votes) === end) {
        now.bars.forEach((bar, option) => assert.ok(bar >= before.bars[option], `option ${option} shrank`));
        assert.ok(now.track >= before.track);
      }
      [before, end] = [now, scaleEnd(votes)];
    }
  }
});

test("the scale only rises with the votes, and takes few steps", () => {
  const ends = Array.from({ length: VOTERS }, (_each, votes) => scaleEnd(votes));
  ends.forEach((end, votes) => assert.ok(end >= votes && end >= (ends[votes - 1] ?? 0)));
  assert.equal(new Set(ends).size, 18);
  assert.deepEqual([...new Set(ends)].slice(0, 8), [5, 7, 10, 15, 20, 30, 50, 70]);
});

test("the bars stand in the order of the ballot, whoever leads", () => {
  for (const { counts, votes } of tallies(3)) {
    const { bars } = lengths(counts, votes, true);
    assert.deepEqual(bars.map((bar) => Math.round(bar * scaleEnd(votes))), counts);
  }
});

test("a bar is its share of the track at any moment, and in the end of the whole width", () => {
  for (const { counts, votes } of tallies(9)) {
    const { track, bars } = lengths(counts, votes, true);
    bars.forEach((bar, option) => assert.ok(Math.abs(bar / track - counts[option] / votes) < 1e-9));
    assert.ok(track <= 1 && (votes <= 5 || track > 0.6), `${votes} votes: ${track}`);
  }
  assert.deepEqual(lengths([3, 1, 0], 4, false), { track: 1, bars: [0.75, 0.25, 0] });
  assert.deepEqual(lengths([0, 0], 0, false), { track: 0, bars: [0, 0] });
});
