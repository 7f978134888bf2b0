/** Framing compared with Twisted's own, stream by stream. */
@NullMarked
package dev.bowline.integration.framing;

import org.jspecify.annotations.NullMarked;
