/** Which rules of the design the contract tests carry, and what a run of them showed, as a table. */
@NullMarked
package dev.bowline.testkit.contract.rules;

import org.jspecify.annotations.NullMarked;
