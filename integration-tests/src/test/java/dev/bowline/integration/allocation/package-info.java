/** What a line costs in memory, to the byte. */
@NullMarked
package dev.bowline.integration.allocation;

import org.jspecify.annotations.NullMarked;
