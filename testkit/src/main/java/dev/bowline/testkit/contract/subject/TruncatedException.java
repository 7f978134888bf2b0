package dev.bowline.testkit.contract.subject;

import java.io.IOException;

/**
 * What is beneath TLS ended, and no close_notify came before: by RFC 8446, section 6.1, somebody may have cut off the rest.
 * It ends the reading of a {@link TlsWire}, and every further read says so, too.
 *
 * <pre>{@code
 * boolean isCutOff(Network.Wire wire) throws IOException {
 *     try {
 *         wire.input().readAllBytes();
 *         return false;
 *     } catch (TruncatedException cut) {
 *         return true;
 *     }
 * }
 * }</pre>
 */
public final class TruncatedException extends IOException {
    private static final long serialVersionUID = 1L;

    TruncatedException() {
        super("the connection ended without a close_notify");
    }
}
