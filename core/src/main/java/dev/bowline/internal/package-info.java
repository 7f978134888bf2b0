/** What the parts of core share and nobody else sees. */
@NullMarked
package dev.bowline.internal;

import org.jspecify.annotations.NullMarked;
