/**
 * The commands of the {@code bowline} program, one in a file. A command prints what it was asked for to {@link
 * dev.bowline.examples.cli.Output} and throws what went wrong; {@link dev.bowline.examples.cli.Complaints} makes one
 * sentence and the exit code of it.
 */
@NullMarked
package dev.bowline.examples.cli;

import org.jspecify.annotations.NullMarked;
