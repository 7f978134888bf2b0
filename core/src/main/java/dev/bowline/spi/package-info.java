/** All that a transport implements: an engine opens links, and a link is one open byte stream. */
@NullMarked
package dev.bowline.spi;

import org.jspecify.annotations.NullMarked;
