/** JMH benchmarks of single parts: {@link dev.bowline.benchmarks.micro.MicroBench} runs them. */
@NullMarked
package dev.bowline.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
