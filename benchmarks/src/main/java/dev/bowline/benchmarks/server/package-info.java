/** The server that all contenders talk to, in a process of its own. */
@NullMarked
package dev.bowline.benchmarks.server;

import org.jspecify.annotations.NullMarked;
