/**
 * The attendee page: a phone in the room, or a browser far away. Entry module of
 * /b/{slug}; it opens the page, makes the attendee's own side (Self), has the rest of the page
 * loaded (Parts), hears the keys and draws elements/attendee/page.js after every change.
 */

import { hearKeys } from "./core/keys.js";
import { openPage } from "./core/page.js";
import { loadAhead } from "./elements/stage/ahead.js";
import { attendeePage, watchWidth } from "./elements/attendee/page.js";
import { Parts } from "./elements/attendee/parts.js";
import { Self } from "./elements/attendee/self.js";
import { nextInStep } from "./elements/stage/in-step.js";

const page = openPage();
const self = new Self(page);
const parts = new Parts(page);
/** @type {Record<string, (pane: import("./elements/video/pane.js").VideoPane) => void>} */
const keys = { v: (pane) => pane.swap(), k: (pane) => pane.toggle(), m: (pane) => pane.toggleSound() };

watchWidth(() => page.redraw());
page.moments.push((media) => nextInStep(page, media));
page.store.subscribe(() => loadAhead(page));
hearKeys(({ key, held }) => {
  const { pane } = parts;
  const act = pane?.shown && !held ? keys[key] : undefined;
  if (pane) act?.(pane);
  return !!act;
});
page.show(() => attendeePage(page, self, parts));
