// Loaded before the storage emulator. Every 5 s it would write its whole database to disk when anything has changed, and answer
// nothing meanwhile: with 200,000 rows that takes seconds, which the real service does not. Ended by SIGTERM, it still saves.
require("lokijs").prototype.autosaveEnable = function () {};
