/** What the SPI asks of every engine, as tests. */
@NullMarked
package dev.bowline.testkit.contract.engine;

import org.jspecify.annotations.NullMarked;
