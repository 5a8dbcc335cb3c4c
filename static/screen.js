/**
 * The screen: what the hall sees on its projector, opened once and left alone for
 * hours. Entry module of /b/{slug}/screen; it opens the page, prepares the room (the
 * lamp stays on, the pointer hides) and draws elements/screen/page.js after every change.
 */

import { hearKeys } from "./core/keys.js";
import { openPage } from "./core/page.js";
import { nextInStep } from "./elements/stage/in-step.js";
import { screenPage } from "./elements/screen/page.js";
import { nextCount } from "./elements/screen/poll.js";
import { Reel } from "./elements/screen/reel.js";
import { prepareRoom } from "./elements/screen/room.js";
import { VideoPane } from "./elements/video/pane.js";

const page = openPage();
const reel = new Reel(() => page.redraw());
const pane = new VideoPane(page);
prepareRoom();
hearKeys(({ key }) => key === "v" && pane.shown && (pane.swap(), true));
page.moments.push(
  (media) => nextInStep(page, media),
  (media) => nextCount(page, media),
);
page.show(() => screenPage(page, reel, pane));
