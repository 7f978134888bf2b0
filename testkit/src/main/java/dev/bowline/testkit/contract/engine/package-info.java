/**
 * What the SPI asks of every engine, as tests. One class has them all:
 *
 * <pre>{@code
 * class MineEngineContractTest extends EngineContract {
 *     @Override
 *     public TransportUnderTest subject() {
 *         return () -> "mine";
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.bowline.testkit.contract.engine;

import org.jspecify.annotations.NullMarked;
