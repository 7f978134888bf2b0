/** For tests of protocols: no sockets, no threads and no waiting, or real sockets that misbehave as told. */
@NullMarked
package dev.bowline.testkit;

import org.jspecify.annotations.NullMarked;
