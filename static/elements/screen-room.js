/**
 * The room around the screen page: the lamp stays on, the pointer hides when nobody
 * moves it, F or the button in the corner goes to full screen. It touches the document
 * and nothing that is drawn; where a browser lacks one of these, the rest still works.
 */

const POINTER_MS = 3_000; // longer than that nobody is looking for the pointer

/** Called once, by screen.js. */
export function prepareRoom() {
  keepAwake();
  hidePointer();
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    toggleFullScreen();
  });
}

/** In and out of full screen. A browser that refuses leaves everything as it is. */
export function toggleFullScreen() {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.({ navigationUI: "hide" });
  done?.catch(() => {});
}

/** A lock is let go when the page is hidden: it is asked for again each time the page is seen. */
function keepAwake() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
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
