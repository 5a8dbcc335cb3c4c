/** Which picture of a slide is asked for: the small one wherever nobody would see the difference. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureOf } from "../../static/core/pictures.js";

const SLIDE = { src: "a.webp", small: "a.small.webp" };

/** The picture for a window of so many CSS pixels, at so many pixels each; spread: by two fingers. */
function pictureIn(width, density, spread = 1) {
  const wide = { "(min-width: 60rem)": width >= 960 };
  Object.assign(globalThis, {
    innerWidth: width,
    devicePixelRatio: density,
    visualViewport: { scale: spread },
    matchMedia: (query) => ({ matches: wide[query] }),
  });
  return pictureOf(SLIDE);
}

test("a phone is given the small picture", () => {
  for (const [width, density] of [[320, 2], [360, 3], [390, 3], [412, 2.625], [430, 3]]) assert.equal(pictureIn(width, density), "a.small.webp");
});

test("on its side, or spread by two fingers, it is given the large one", () => {
  assert.equal(pictureIn(844, 3), "a.webp");
  assert.equal(pictureIn(390, 3, 1.5), "a.webp");
});

test("beside a column the slide of a small window is small too, and that of a large one is not", () => {
  assert.equal(pictureIn(1280, 1), "a.small.webp");
  assert.equal(pictureIn(1280, 2), "a.webp");
  assert.equal(pictureIn(1920, 1), "a.webp");
});
