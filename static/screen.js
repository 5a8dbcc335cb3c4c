/**
 * The screen: what the hall sees on its projector, opened once and left alone for
 * hours. Entry module of /b/{slug}/screen; it opens the page, prepares the room (the
 * lamp stays on, the pointer hides) and draws elements/screen-page.js after every change.
 */

import { openPage } from "./core/page.js";
import { screenPage } from "./elements/screen-page.js";
import { Reel } from "./elements/screen-reel.js";
import { prepareRoom } from "./elements/screen-room.js";

const page = openPage();
const reel = new Reel(() => page.redraw());
prepareRoom();
page.show(() => screenPage(page, reel));
