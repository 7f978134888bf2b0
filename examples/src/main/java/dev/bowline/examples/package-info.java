/** The {@code bowline} program, which also runs the small clients of {@link dev.bowline.examples.clients}. */
@NullMarked
package dev.bowline.examples;

import org.jspecify.annotations.NullMarked;
