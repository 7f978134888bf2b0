/** What a user writes and holds: protocols, the factories that make them, and the connections, connectors and transport they meet. */
@NullMarked
package dev.bowline;

import org.jspecify.annotations.NullMarked;
