/** From an endpoint to an open link: resolving, racing the addresses, giving up. */
@NullMarked
package dev.bowline.internal.connect;

import org.jspecify.annotations.NullMarked;
