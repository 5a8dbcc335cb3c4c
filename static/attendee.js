/**
 * The attendee page: a phone in the room, or a browser far away. Entry module of
 * /b/{slug}; it opens the page, makes the attendee's own side (Self) and draws
 * elements/attendee-page.js after every change.
 */

import { openPage } from "./core/page.js";
import { attendeePage, watchWidth } from "./elements/attendee-page.js";
import { Self } from "./elements/attendee-self.js";

const page = openPage();
const self = new Self(page);
watchWidth(() => page.redraw());
page.show(() => attendeePage(page, self));
