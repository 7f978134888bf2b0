/** How messages lie in a byte stream, and protocols that see whole messages instead of bytes. */
@NullMarked
package dev.bowline.framing;

import org.jspecify.annotations.NullMarked;
