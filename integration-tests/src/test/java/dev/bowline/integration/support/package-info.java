/** What the tests of all transports share: peers, protocols that remember, a clock that stands still. */
@NullMarked
package dev.bowline.integration.support;

import org.jspecify.annotations.NullMarked;
