/** Bowline's clients and the TLS of others: OpenSSL, the JDK's sockets, and the reference server. */
@NullMarked
package dev.bowline.integration.tls;

import org.jspecify.annotations.NullMarked;
