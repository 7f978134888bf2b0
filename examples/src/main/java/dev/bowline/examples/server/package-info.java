/**
 * A line server that echoes, keeps a ledger and obeys commands: the JVM twin of the reference server that Bowline is
 * tested against, and what {@code bowline serve} runs. Its contract, to the byte, is the README beside the reference
 * server in the integration tests. It needs nothing but the JDK.
 *
 * <p>One thread serves all connections, like the Twisted server it is the twin of: {@code EventLoop} waits,
 * {@code LineConnection} moves the bytes of one connection through a {@code Wire}, {@code Session} decides what they mean.
 */
@NullMarked
package dev.bowline.examples.server;

import org.jspecify.annotations.NullMarked;
