/** The {@code bowline} program, and small clients to read. Begin with {@link dev.bowline.examples.Greeter}. */
@NullMarked
package dev.bowline.examples;

import org.jspecify.annotations.NullMarked;
