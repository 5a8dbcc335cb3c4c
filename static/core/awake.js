/**
 * Keeps the lamp of this device on while its page is seen: a projector's computer, and the
 * laptop or tablet from which somebody drives. Where a browser cannot, nothing else changes.
 */

/** A lock is let go when the page is hidden: it is asked for again each time the page is seen. */
export function keepAwake() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
