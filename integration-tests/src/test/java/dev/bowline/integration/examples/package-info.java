/** The example clients, each against the server that it is for, as Debian packs it. */
@NullMarked
package dev.bowline.integration.examples;

import org.jspecify.annotations.NullMarked;
