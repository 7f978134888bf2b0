/** Which transport is taken, seen from JVMs of their own that have only what a test gives them. */
@NullMarked
package dev.bowline.integration.choice;

import org.jspecify.annotations.NullMarked;
