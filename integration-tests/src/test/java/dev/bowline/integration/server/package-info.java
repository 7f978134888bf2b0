/** Gives tests the reference line server, in the best form that this machine has. */
@NullMarked
package dev.bowline.integration.server;

import org.jspecify.annotations.NullMarked;
