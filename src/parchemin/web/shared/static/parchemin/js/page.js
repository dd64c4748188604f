import "./autosave.js";
import "./counters.js";
import "./dialogs.js";
import "./drop.js";
import "./keys.js";
import "./menus.js";
import "./sheet.js";
import "./tally.js";
