package dev.bowline.testkit.contract.engine;

/** How a write came to its end, and where the buffer's position stood at that moment. */
record WriteEnd(String by, int position) {}
