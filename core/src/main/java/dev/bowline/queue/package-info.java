/** Outbound messages that wait, in order and within bounds, for a connection that is ready. */
@NullMarked
package dev.bowline.queue;

import org.jspecify.annotations.NullMarked;
