package dev.bowline;

import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS failed (rules G). The message is one sentence that names the peer and says what to do about it where that is known;
 * {@link #problem} tells a program the same. What the JDK threw, if anything, is the cause.
 *
 * <pre>{@code
 * void connectFailed(Connector connector, ConnectFailure failure) {
 *     if (failure instanceof ConnectFailure.TlsRefused refused
 *             && refused.cause().problem() == TlsException.Problem.EXPIRED_CERTIFICATE) {
 *         System.err.println(refused.cause().getMessage());    // the certificate of mail.example:993 expired on 2025-03-01
 *     }
 * }
 * }</pre>
 */
public final class TlsException extends SSLException {
    private static final long serialVersionUID = 1;

    /** What went wrong, as far as one can act on it. */
    public enum Problem {
        /** A certificate of the peer's has expired, or is not valid yet: then a clock may be wrong, too. */
        EXPIRED_CERTIFICATE,
        /** Nobody who is trusted here signed the peer's certificate ({@link TlsOptions#trusting(java.nio.file.Path)}). */
        UNKNOWN_ISSUER,
        /** The certificate is trusted, but is for other hosts ({@link TlsOptions#withServerName}). */
        WRONG_HOST_NAME,
        /** The peer's certificate was refused here for another reason: it is revoked, say, or too weak. */
        BAD_CERTIFICATE,
        /** There is no TLS version that both sides accept ({@link TlsOptions#withProtocols}). */
        PROTOCOL_MISMATCH,
        /** What the peer sent is not TLS; as a rule its port speaks in the clear. */
        NOT_TLS,
        /** The peer wants a client certificate, or refused the one it got ({@link TlsOptions#withCertificate}). */
        CLIENT_CERTIFICATE,
        /** The handshake took too long ({@link TlsOptions#withHandshakeTimeout}). */
        HANDSHAKE_TIMED_OUT,
        /** The peer ended it for a reason of its own. */
        REFUSED_BY_PEER,
        /** The peer sent something in the clear where protected bytes should have begun (rule G4). */
        CLEAR_TEXT_BEFORE_HANDSHAKE,
        /** The peer began a second handshake on a connection, which is not allowed. */
        RENEGOTIATION,
        /** Anything else: broken records, for example, or a connection that ended in the handshake. */
        OTHER
    }

    /** For {@link #problem}. */
    private final Problem problem;

    /**
     * With a sentence that names the peer.
     *
     * @param problem the same for a program
     * @param sentence for people, on one line
     * @param cause what was thrown, if anything was
     */
    public TlsException(Problem problem, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** {@return what went wrong} */
    public Problem problem() {
        return problem;
    }
}
