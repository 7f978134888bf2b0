/** Clients that speak lines, each written as its own documentation would write it. */
@NullMarked
package dev.bowline.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
