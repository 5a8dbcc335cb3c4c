/**
 * The desk page: where the lecturer and the moderators work. Entry module of
 * /b/{slug}/desk; it opens the page, makes the desk's own side (Desk), hears the keys
 * and draws elements/desk-page.js after every change.
 */

import { hearKeys } from "./core/keys.js";
import { openPage } from "./core/page.js";
import { press } from "./elements/desk-keys.js";
import { deskPage, watchWidth } from "./elements/desk-page.js";
import { Desk } from "./elements/desk-self.js";

const page = openPage();
const desk = new Desk(page);
watchWidth(() => page.redraw());
hearKeys((key) => press(desk, key));
page.show(() => deskPage(page, desk));
