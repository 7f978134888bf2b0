package dev.bowline.internal.connection;

import dev.bowline.LossReason;
import dev.bowline.TlsException;
import dev.bowline.internal.tls.Handshake;
import dev.bowline.internal.tls.Peer;
import dev.bowline.internal.tls.TlsLink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one connection, if it has any: from its beginning, or asked for later (rule G1). Event side, but for {@link
 * #secured}.
 *
 * <pre>
 *   CLEAR ──requested──▶ REQUESTED ──what was written in the clear has gone──▶ SHAKING ──▶ SECURE
 * </pre>
 */
final class Protection {
    private enum Phase {
        /** Bytes go as they are. */
        CLEAR,
        /** The last clear output is on its way; clear input that comes now is not to be trusted. */
        REQUESTED,
        /** The handshake is under way; nothing of the protocol's is sent or received. */
        SHAKING,
        /** All is protected. */
        SECURE
    }

    /** Makes the handshake of this connection, on a thread that may block. */
    interface Preparation {
        Handshake prepare() throws TlsException;
    }

    private final LinkConnection connection;
    private final Ending ending;
    private final Outgoing outgoing;
    private final Departure departure;
    private final Deadlines deadlines;

    /** Written on the event side, after {@link #link}; read by any thread. */
    private volatile Phase phase = Phase.CLEAR;

    /** Set once the files that it takes have been read. */
    private @Nullable Handshake prepared;

    /** Who waits for the end of the handshake; nobody where TLS began with the connection. */
    private @Nullable CompletableFuture<Void> awaited;

    /** Set when the handshake begins or, from the beginning, ends; once. Read by any thread that saw SECURE. */
    private @Nullable TlsLink link;

    Protection(LinkConnection connection, Ending ending, Outgoing outgoing, Departure departure, Deadlines deadlines) {
        this.connection = connection;
        this.ending = ending;
        this.outgoing = outgoing;
        this.departure = departure;
        this.deadlines = deadlines;
    }

    /** The link that protects; null before all is protected. From any thread. */
    @Nullable
    TlsLink secured() {
        return phase == Phase.SECURE ? link : null;
    }

    /** Whether what arrives now came in the clear, and too late (rule G4). */
    boolean isRequested() {
        return phase == Phase.REQUESTED;
    }

    /** Whether nothing is the protocol's until it is over. */
    boolean isUnderWay() {
        Phase now = phase;
        return now == Phase.REQUESTED || now == Phase.SHAKING;
    }

    /** The link is protected from its beginning. */
    void begunWith(TlsLink direct) {
        link = direct;
        phase = Phase.SECURE;
    }

    /**
     * Begins TLS, if the connection is open and in the clear.
     *
     * @param limit for all that comes before the handshake; zero for none
     * @param holdsInput whether there are bytes that the protocol has not used, or keeps of something that is not complete
     */
    void request(Preparation preparation, Duration limit, boolean holdsInput, CompletableFuture<Void> done) {
        if (!ending.isUntouched() || phase != Phase.CLEAR) {
            String why = ending.isUntouched() ? "it has begun already" : "the connection is ending";
            done.completeExceptionally(new IllegalStateException("TLS can't begin: " + why));
            return;
        }
        prepare(preparation, done);
        if (!limit.isZero()) {
            deadlines.schedule(limit, () -> tookTooLong(limit));
        }
        if (holdsInput) {
            foundClearText();
        }
    }

    /** What was written until now goes in the clear, what is written later waits for TLS. */
    private void prepare(Preparation preparation, CompletableFuture<Void> done) {
        phase = Phase.REQUESTED;
        awaited = done;
        outgoing.hold();
        connection.tlsTasks().execute(() -> {
            try {
                Handshake made = preparation.prepare();
                connection.run(() -> prepared = made);
            } catch (TlsException impossible) {
                connection.run(() -> breakOff(impossible));
            } catch (RuntimeException | Error thrown) {
                connection.run(() -> breakOff(peer().cannotBegin(thrown)));
            }
        });
    }

    /** The handshake, if it is time for it; null while it is not. */
    @Nullable
    TlsLink begin(Function<Handshake, TlsLink> maker) {
        Handshake due = prepared;
        if (phase != Phase.REQUESTED || due == null || !outgoing.isClearGone()) {
            return null;
        }
        phase = Phase.SHAKING;
        TlsLink made = maker.apply(due);
        link = made;
        return made;
    }

    /** Whether its link has something to write. */
    boolean isWriting() {
        return link != null && link.isWriting();
    }

    /** How much of it the operating system has taken. */
    long taken() {
        return link == null ? 0 : link.taken();
    }

    /** Says that nothing more comes; returns whether that has left. */
    boolean endOutput() {
        return link == null || link.endOutput();
    }

    /** The handshake is over: who waits for it is told, and what waits for it goes. */
    void handshakeOver() {
        phase = Phase.SECURE;
        outgoing.resume();
        CompletableFuture<Void> done = awaited;
        awaited = null;
        if (done != null) {
            done.complete(null);
        }
    }

    private Peer peer() {
        return Peer.at(connection.endpoint());
    }

    // ---- what ends the connection ----

    /** The peer went on in the clear after it had agreed (rule G4). */
    void foundClearText() {
        breakOff(peer().clearText());
    }

    /** The peer ended before it could begin. */
    void lostPeer() {
        breakOff(peer().brokenOff(null));
    }

    /** So much time has passed since it was asked for. */
    private void tookTooLong(Duration limit) {
        if (isRequested()) {
            breakOff(peer().didNotBegin(limit));
        }
    }

    /** TLS failed, and the connection with it; but a close that has nothing left to send is not broken by it. */
    void breakOff(TlsException cause) {
        LossReason reason = new LossReason.TlsFailed(cause);
        if (isUnderWay() && outgoing.isDrained()) {
            ending.because(reason);
        } else {
            ending.broken(reason);
        }
        failed(cause);
        outgoing.drop();
        departure.release(true);
    }

    /** It will never be: who waits for it is told why. */
    void failed(Throwable why) {
        CompletableFuture<Void> done = awaited;
        awaited = null;
        if (done != null) {
            done.completeExceptionally(why);
        }
    }
}
