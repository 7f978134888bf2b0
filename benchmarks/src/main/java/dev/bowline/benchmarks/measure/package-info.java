/** What is measured, and how: processes, rounds, samples. */
@NullMarked
package dev.bowline.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
