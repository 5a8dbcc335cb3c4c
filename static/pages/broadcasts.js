/** The list of broadcasts: its times in the reader's own zone. */

import { showTimes } from "./broadcast/times.js";

showTimes();
