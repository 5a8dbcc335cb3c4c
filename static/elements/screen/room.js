/**
 * The room around the screen page: the lamp stays on, the pointer hides when nobody
 * moves it, F or the button in the corner goes to full screen, L or its button makes the picture
 * light for a bright hall, and this browser remembers that. It touches the document
 * and nothing that is drawn; where a browser lacks one of these, the rest still works.
 */

import { keepAwake } from "../../core/awake.js";

const THEME = "live:screen:theme";
const POINTER_MS = 3_000; // longer than that nobody is looking for the pointer

/** @type {Record<string, () => void>} */
const keys = { f: toggleFullScreen, l: toggleLight };

/** Called once, by screen.js. */
export function prepareRoom() {
  keepAwake();
  hidePointer();
  if (kept() === "light") paint(true);
  addEventListener("keydown", (event) => {
    const act = keys[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    event.preventDefault();
    act();
  });
}

/** Whether the picture is light. */
export const isLight = () => document.documentElement.dataset.theme === "projector-light";

/** Dark for a dark hall, light for a bright one. */
export function toggleLight() {
  paint(!isLight());
  try {
    localStorage.setItem(THEME, isLight() ? "light" : "dark");
  } catch {
    // it is not remembered, then
  }
}

/** @param {boolean} light */
function paint(light) {
  document.documentElement.dataset.theme = light ? "projector-light" : "projector";
}

function kept() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

/** In and out of full screen. A browser that refuses leaves everything as it is. */
export function toggleFullScreen() {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.({ navigationUI: "hide" });
  done?.catch(() => {});
}

function hidePointer() {
  const { dataset } = document.documentElement;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let hiding;
  const seen = () => {
    delete dataset.pointer;
    clearTimeout(hiding);
    hiding = setTimeout(() => (dataset.pointer = "hidden"), POINTER_MS);
  };
  addEventListener("pointermove", seen);
  addEventListener("keydown", seen);
  seen();
}
