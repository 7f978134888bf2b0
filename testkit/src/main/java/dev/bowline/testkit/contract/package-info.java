/**
 * What every transport keeps, as tests: for somebody who writes one. One abstract JUnit class per behaviour, whose tests
 * carry the numbers of the rules in their names; {@code engine} does the same for the SPI alone.
 *
 * <p>Some tests look for what the library logs, in {@code java.util.logging}, which is where {@link System.Logger} leads
 * unless something else is installed.
 */
@NullMarked
package dev.bowline.testkit.contract;

import org.jspecify.annotations.NullMarked;
