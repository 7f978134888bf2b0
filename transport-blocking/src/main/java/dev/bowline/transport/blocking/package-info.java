/**
 * The blocking transport: every link has a channel in blocking mode and threads of its own, virtual ones where the JVM
 * has them.
 */
@NullMarked
package dev.bowline.transport.blocking;

import org.jspecify.annotations.NullMarked;
