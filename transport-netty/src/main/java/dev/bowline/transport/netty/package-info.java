/** The Netty engine: links over Netty's NIO event loops. Nothing here is meant to be called but its provider. */
@NullMarked
package dev.bowline.transport.netty;

import org.jspecify.annotations.NullMarked;
