/**
 * What every transport keeps, as tests: for somebody who writes one. One abstract JUnit class per behaviour, whose tests
 * carry the numbers of the rules in their names; {@code engine} does the same for the SPI alone. A
 * transport says once how it is had, and then writes a line for each:
 *
 * <pre>{@code
 * interface OnMine extends ContractSubject {
 *     @Override
 *     default TransportUnderTest subject() {
 *         return () -> "mine";
 *     }
 * }
 *
 * class MineLifeContractTest extends LifeContract implements OnMine {}
 *
 * class MineClosingContractTest extends ClosingContract implements OnMine {}
 * }</pre>
 *
 * <p>Some tests look for what the library logs, in {@code java.util.logging}, which is where {@link System.Logger} leads
 * unless something else is installed.
 */
@NullMarked
package dev.bowline.testkit.contract;

import org.jspecify.annotations.NullMarked;
