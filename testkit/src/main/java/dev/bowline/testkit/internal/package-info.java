/** Shared by the packages of the testkit; not exported. */
@NullMarked
package dev.bowline.testkit.internal;

import org.jspecify.annotations.NullMarked;
