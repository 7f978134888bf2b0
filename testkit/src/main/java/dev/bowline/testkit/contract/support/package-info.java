/** What the tests of all transports share: peers, protocols that remember, a clock that stands still. */
@NullMarked
package dev.bowline.testkit.contract.support;

import org.jspecify.annotations.NullMarked;
