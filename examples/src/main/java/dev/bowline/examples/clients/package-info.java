/**
 * Clients to read and to copy: each is one file that teaches one thing, and can be run. Begin with {@link
 * dev.bowline.examples.clients.Greeter}.
 *
 * <p>Each {@code main} prints to {@code System.out} and throws what goes wrong: an {@link IllegalArgumentException} for its
 * arguments, anything else at run time. {@code ./bowline example NAME} makes one sentence and the exit code of it.
 */
@NullMarked
package dev.bowline.examples.clients;

import org.jspecify.annotations.NullMarked;
