/** The NIO engine: selectors, one thread for many links. Nothing here is meant to be called but its provider. */
@NullMarked
package dev.bowline.transport.nio;

import org.jspecify.annotations.NullMarked;
