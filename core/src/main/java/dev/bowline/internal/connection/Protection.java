package dev.bowline.internal.connection;

import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.TlsException;
import dev.bowline.internal.tls.Handshake;
import dev.bowline.internal.tls.Peer;
import dev.bowline.internal.tls.TlsLink;
import dev.bowline.internal.tls.TlsResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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

    private final TlsResources resources;
    private final Endpoint endpoint;
    private final Ending ending;
    private final Outgoing outgoing;
    private final Departure departure;
    private final Executor eventSide;

    private Phase phase = Phase.CLEAR;

    /** Set once the files that it takes have been read. */
    private @Nullable Handshake prepared;

    /** Who waits for the end of the handshake; nobody where TLS began with the connection. */
    private @Nullable CompletableFuture<Void> awaited;

    /** Set when the handshake begins or, from the beginning, ends. */
    private @Nullable TlsLink link;

    /** The same, once all is protected. Read by any thread. */
    private volatile @Nullable TlsLink secured;

    /** @param eventSide runs what other threads have to say */
    Protection(
            TlsResources resources,
            Endpoint endpoint,
            Ending ending,
            Outgoing outgoing,
            Departure departure,
            Executor eventSide) {
        this.resources = resources;
        this.endpoint = endpoint;
        this.ending = ending;
        this.outgoing = outgoing;
        this.departure = departure;
        this.eventSide = eventSide;
    }

    /** The link that protects; null before all is protected. From any thread. */
    @Nullable
    TlsLink secured() {
        return secured;
    }

    /** Why TLS can't begin; null if it can. */
    @Nullable
    String refusal() {
        return phase == Phase.CLEAR ? null : "it has begun already";
    }

    /** Whether what arrives now came in the clear, and too late (rule G4). */
    boolean isRequested() {
        return phase == Phase.REQUESTED;
    }

    /** Whether nothing is the protocol's until it is over. */
    boolean isUnderWay() {
        return phase == Phase.REQUESTED || phase == Phase.SHAKING;
    }

    /** The link is protected from its beginning. */
    void begunWith(TlsLink direct) {
        link = direct;
        secured = direct;
        phase = Phase.SECURE;
    }

    /** TLS is wanted: what was written until now goes in the clear, what is written later waits for it. */
    void request(Preparation preparation, CompletableFuture<Void> done) {
        phase = Phase.REQUESTED;
        awaited = done;
        outgoing.hold();
        resources.tasks().execute(() -> {
            try {
                Handshake made = preparation.prepare();
                eventSide.execute(() -> prepared = made);
            } catch (TlsException impossible) {
                eventSide.execute(() -> breakOff(impossible));
            } catch (RuntimeException | Error thrown) {
                eventSide.execute(() -> breakOff(Peer.at(endpoint).cannotBegin(thrown)));
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
        secured = link;
        outgoing.resume();
        CompletableFuture<Void> done = awaited;
        awaited = null;
        if (done != null) {
            done.complete(null);
        }
    }

    // ---- what ends the connection ----

    /** The peer went on in the clear after it had agreed (rule G4). */
    void foundClearText() {
        breakOff(Peer.at(endpoint).clearText());
    }

    /** The peer ended before it could begin. */
    void lostPeer() {
        breakOff(Peer.at(endpoint).brokenOff(null));
    }

    /** So much time has passed since it was asked for. */
    void tookTooLong(Duration limit) {
        if (isRequested()) {
            breakOff(Peer.at(endpoint).didNotBegin(limit));
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
