/** The sheet with a QR code: its button that prints. */

import { printButton } from "./broadcast/printing.js";

printButton();
