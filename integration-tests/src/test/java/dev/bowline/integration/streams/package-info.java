/** Lines as a reactive stream, against the Technology Compatibility Kit of Reactive Streams. */
@NullMarked
package dev.bowline.integration.streams;

import org.jspecify.annotations.NullMarked;
