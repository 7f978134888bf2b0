/** Clients that lose their connection in every way there is, and the server's ledger that tells what became of their lines. */
@NullMarked
package dev.bowline.integration.storm;

import org.jspecify.annotations.NullMarked;
