/** Bowline side by side with its peers: {@link dev.bowline.benchmarks.Bench} is the program. */
@NullMarked
package dev.bowline.benchmarks;

import org.jspecify.annotations.NullMarked;
