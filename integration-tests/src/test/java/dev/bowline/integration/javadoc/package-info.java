/** The Javadoc of what is published: that every type shows how it is used, and that what it shows compiles. */
@NullMarked
package dev.bowline.integration.javadoc;

import org.jspecify.annotations.NullMarked;
