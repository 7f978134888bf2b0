/**
 * What every transport keeps, as tests: for somebody who writes one. One abstract JUnit class per behaviour, whose tests
 * carry the numbers of the rules in their names; {@code engine} does the same for the SPI alone.
 */
@NullMarked
package dev.bowline.testkit.contract;

import org.jspecify.annotations.NullMarked;
