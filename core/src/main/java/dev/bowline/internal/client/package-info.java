/** The client that stays connected: delivery, reconnecting and draining, for any framing. */
@NullMarked
package dev.bowline.internal.client;

import org.jspecify.annotations.NullMarked;
