/** One open connection over a link: what goes out, what comes in, how it ends. */
@NullMarked
package dev.bowline.internal.connection;

import org.jspecify.annotations.NullMarked;
