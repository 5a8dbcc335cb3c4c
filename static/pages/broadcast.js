/**
 * The set-up page of a broadcast, and the form of a new one: everything on it works without this script, but
 * for the upload of the deck.
 */

import { copyButtons, selfSavingSwitch } from "./broadcast/copying.js";
import { deckView } from "./broadcast/deck-view.js";
import { recordingView } from "./broadcast/recording-view.js";
import { siteRows } from "./broadcast/sites.js";
import { ownZone, showTimes } from "./broadcast/times.js";

showTimes();
ownZone();
siteRows();
copyButtons();
selfSavingSwitch();
deckView();
recordingView();
