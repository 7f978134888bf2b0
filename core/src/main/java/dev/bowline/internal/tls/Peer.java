package dev.bowline.internal.tls;

import com.google.common.net.HostAndPort;
import dev.bowline.Endpoint;
import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end, with the sentences about what it can do wrong that anybody sees. From any thread.
 *
 * @param text as it stands in sentences: {@code mail.example:25}
 * @param host to be checked and sent as SNI, a name or an IP literal without brackets; null where there is none
 * @param port what sessions are kept apart by, together with the host; -1 where there is none
 */
public record Peer(String text, @Nullable String host, int port) {
    /** Content types of TLS records: change_cipher_spec, alert, handshake, application_data. */
    private static final int FIRST_TYPE = 20;

    private static final int LAST_TYPE = 23;

    /** The first half of a record's version, ever since SSL 3.0. */
    private static final int MAJOR_VERSION = 3;

    /** At an endpoint. */
    public static Peer at(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Tls tls) {
            return at(tls.host(), tls.port());
        }
        return endpoint instanceof Endpoint.Tcp tcp ? at(tcp.host(), tcp.port()) : called(endpoint.toString());
    }

    /** At a host and port. */
    public static Peer at(String host, int port) {
        return new Peer(HostAndPort.fromParts(host, port).toString(), host, port);
    }

    /** Somewhere without a host, behind a Unix domain socket for example. */
    public static Peer called(String text) {
        return new Peer(text, null, -1);
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * Looks at the first bytes of the handshake; as few as one is enough.
     *
     * @param bytes what arrived, at the beginning of a record; they stay as they are
     * @throws TlsException if they are not TLS
     */
    public void checkSpeaksTls(ByteBuffer bytes) throws TlsException {
        int at = bytes.position();
        int type = bytes.hasRemaining() ? bytes.get(at) : FIRST_TYPE;
        boolean hasVersion = bytes.remaining() < 2 || bytes.get(at + 1) == MAJOR_VERSION;
        if (type < FIRST_TYPE || type > LAST_TYPE || !hasVersion) {
            throw new TlsException(
                    Problem.NOT_TLS, text + " does not speak TLS: it sent " + Printable.excerpt(bytes), null);
        }
    }

    /**
     * Rule G3.
     *
     * @param answered whether anything came of it at all
     */
    public TlsException timedOut(Duration limit, boolean answered) {
        String sentence = answered
                ? text + " did not finish the TLS handshake within " + seconds(limit) + " s"
                : text + " did not answer to TLS within " + seconds(limit) + " s: is that what its port speaks?";
        return new TlsException(Problem.HANDSHAKE_TIMED_OUT, sentence, null);
    }

    /** It agreed to TLS in the clear, and yet the handshake can't begin: what was said before does not leave, or files can't be read. */
    public TlsException didNotBegin(Duration limit) {
        return new TlsException(
                Problem.HANDSHAKE_TIMED_OUT,
                "the TLS handshake with " + text + " did not begin within " + seconds(limit) + " s",
                null);
    }

    /** In the clear it was asked for TLS, and has not said yes or no. */
    public TlsException didNotAgree(Duration limit) {
        return new TlsException(
                Problem.HANDSHAKE_TIMED_OUT, text + " did not agree on TLS within " + seconds(limit) + " s", null);
    }

    /** In the clear it was asked for TLS, and said no. */
    public TlsException disagreed(String answer) {
        return new TlsException(
                Problem.REFUSED_BY_PEER,
                text + " does not agree on TLS: it answered \"" + Printable.text(answer) + "\"",
                null);
    }

    /** Our own side failed before the handshake. */
    public TlsException cannotBegin(Throwable thrown) {
        return new TlsException(
                Problem.OTHER, "TLS with " + text + " can't begin: " + Printable.message(thrown), thrown);
    }

    private static String seconds(Duration limit) {
        return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** The connection ended in the handshake: reset, if there is a cause. */
    public TlsException brokenOff(@Nullable Throwable cause) {
        String sentence = text + " broke off the TLS handshake";
        return new TlsException(
                Problem.OTHER, cause == null ? sentence : sentence + ": " + Printable.message(cause), cause);
    }

    /** Rule G4. */
    public TlsException clearText() {
        return new TlsException(
                Problem.CLEAR_TEXT_BEFORE_HANDSHAKE,
                text + " sent more in the clear after it had agreed to TLS, which anybody could have put there",
                null);
    }

    /** It wants another handshake on a connection that has had one. */
    public TlsException renegotiation() {
        return new TlsException(
                Problem.RENEGOTIATION, text + " asked for a second handshake, which is never done here", null);
    }
}
