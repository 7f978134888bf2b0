/** Protocols that speak in lines of text, and the client that keeps one of them connected. */
@NullMarked
package dev.bowline.line;

import org.jspecify.annotations.NullMarked;
