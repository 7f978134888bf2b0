/** A client's counters as Micrometer meters. */
@NullMarked
package dev.bowline.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
