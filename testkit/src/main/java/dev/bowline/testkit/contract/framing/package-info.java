/** What Twisted did with some hundred streams, and what plays them over any transport. */
@NullMarked
package dev.bowline.testkit.contract.framing;

import org.jspecify.annotations.NullMarked;
