/**
 * The rundown page: the broadcast laid out before it runs, and rearranged while it
 * does. Entry module of /b/{slug}/rundown; it opens the page, makes the layout's own
 * side (Plan) and draws elements/rundown/page.js after every change.
 */

import { openPage } from "./core/page.js";
import { rundownPage } from "./elements/rundown/page.js";
import { Plan } from "./elements/rundown/plan.js";

const page = openPage();
const plan = new Plan(page);
addEventListener("pagehide", () => plan.saveNotes());
page.show(() => rundownPage(plan));
