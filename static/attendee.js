/**
 * The attendee page: a phone in the room, or a browser far away. Entry module of
 * /b/{slug}; it opens the page, makes the attendee's own side (Self) and the video's, hears
 * the keys and draws elements/attendee-page.js after every change.
 */

import { hearKeys } from "./core/keys.js";
import { openPage } from "./core/page.js";
import { loadAhead } from "./elements/ahead.js";
import { attendeePage, watchWidth } from "./elements/attendee-page.js";
import { Self } from "./elements/attendee-self.js";
import { nextInStep } from "./elements/in-step.js";
import { VideoPane } from "./elements/video-pane.js";

const page = openPage();
const self = new Self(page);
const pane = new VideoPane(page);
/** @type {Record<string, () => void>} */
const keys = { v: () => pane.swap(), k: () => pane.toggle(), m: () => pane.toggleSound() };

watchWidth(() => page.redraw());
page.moments.push((media) => nextInStep(page, media));
page.store.subscribe(() => loadAhead(page));
hearKeys(({ key, held }) => {
  const act = pane.shown && !held ? keys[key] : undefined;
  act?.();
  return !!act;
});
page.show(() => attendeePage(page, self, pane));
