/** What came out: ratios, targets, tables, files, charts. */
@NullMarked
package dev.bowline.benchmarks.report;

import org.jspecify.annotations.NullMarked;
