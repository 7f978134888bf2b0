package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import dev.bowline.spi.LinkHandler;

/**
 * Who uses a {@link TlsLink}: hears of it what an engine reports of a link, and what only TLS knows. On the event side.
 *
 * <p>Where TLS begins with the connection, {@link #opened} comes after the handshake, and {@link #openFailed} if that fails.
 * Where it begins later, {@link #secured} and {@link #tlsFailed} tell the same.
 */
public interface TlsUser extends LinkHandler {
    /** The handshake on an open link is over: from now on what is written and received is protected. */
    void secured();

    /** TLS failed, in its handshake on an open link or later; nothing more is sent or received. The user ends the link. */
    void tlsFailed(TlsException cause);

    /** The input ended, as {@link #inputEnded} tells, but the peer never said that it would (rule G3). */
    void inputTruncated();

    /**
     * Nothing more can be sent, and the outstanding write is not whole: before TLS 1.3 the peer's end, which {@link #inputEnded} told
     * or tells, is the end of both directions. The user ends the link.
     */
    void outputCutOff();

    /** What {@link TlsLink#endOutput} began is sent. */
    void outputEnded();
}
