/**
 * The desk page: where the lecturer and the moderators work. Entry module of
 * /b/{slug}/desk; it opens the page, makes the desk's own side (Desk), hears the keys
 * and draws elements/desk/page.js after every change.
 */

import { keepAwake } from "./core/awake.js";
import { hearKeys } from "./core/keys.js";
import { openPage } from "./core/page.js";
import { CLICKER, press } from "./elements/desk/keys.js";
import { deskPage, watchWidth } from "./elements/desk/page.js";
import { Desk } from "./elements/desk/self.js";

const page = openPage();
const desk = new Desk(page);
watchWidth(() => page.redraw());
hearKeys((key) => press(desk, key), CLICKER);
for (const turn of ["focus", "blur"]) addEventListener(turn, () => page.redraw()); // does this window hear the clicker?
keepAwake();
page.show(() => deskPage(page, desk));
