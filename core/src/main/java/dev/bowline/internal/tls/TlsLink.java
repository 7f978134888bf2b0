package dev.bowline.internal.tls;

import dev.bowline.Cancellable;
import dev.bowline.TlsException;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a link (rules G): a handler to the engine below, a link to the user above, and no IO of its own.
 *
 * <pre>
 *              there is a link      shaken      close, abort, failure      what has to leave
 *   CONNECTING ───────────────▶ SHAKING ──▶ OPEN ────────────────────▶ OVER ───────────────▶ LEAVING ──▶ GONE
 *                                  └───────────── the same ─────────────▲└───── nothing has to leave ────▲
 * </pre>
 *
 * <p>All that can be done at a moment is done by one loop, {@link #work}: records are made of what TLS has to say and of what
 * the user writes, those that arrived are decrypted and delivered, and when nothing more comes of that, the link gets the
 * records. What the user does meanwhile, a write inside of a callback say, leaves its mark, and the loop comes round to it. So
 * nothing recurses, answers share a system call, and the end of the handshake a packet with the user's first words. On the
 * link's event side, but for {@link #giveUp}, {@link #execute} and what only asks.
 */
public final class TlsLink implements Link, LinkHandler {
    /** How long an alert may take to leave before the link is aborted. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** So much may be held that arrived before it could be decrypted; beyond that nothing is read. */
    private static final int MOST_HELD = 64 * 1024;

    /** After so many sends in a row the thread is given to others for a moment. */
    private static final int SENDS_IN_A_ROW = 8;

    private enum State {
        /** There is no link yet. */
        CONNECTING,
        /** The handshake is under way. */
        SHAKING,
        /** Protected bytes flow. */
        OPEN,
        /** Nothing is encrypted or decrypted any more; the link is about to end. */
        OVER,
        /** The link is closed as soon as the records have gone that it has. */
        LEAVING,
        /** The link is gone. */
        GONE
    }

    private final TlsUser user;
    private final TlsResources resources;
    private final Handshake handshake;
    private final RecordLayer records;
    private final Farewell farewell;

    /** Asked once there is a link, before the handshake: whether it is still wanted. */
    private final BooleanSupplier wanted;

    private State state = State.CONNECTING;

    /** Whether the user has this link, and so hears of its end. */
    private boolean userHasLink;

    /** Set when there is one; read by any thread. */
    private volatile @Nullable Link below;

    /** From any thread: nobody wants the handshake any more. */
    private volatile boolean givenUp;

    /** The timeout of the handshake, or of the last words. */
    private Cancellable timer = () -> {};

    /** Whether the user wants to read. */
    private boolean reading = true;

    /** What the link below was told last. */
    private boolean belowReads = true;

    /** {@link #work} is under way. */
    private boolean working;

    /** How often it has given the link something. */
    private int sends;

    private TlsLink(TlsUser user, TlsResources resources, Handshake handshake, BooleanSupplier wanted) {
        this.user = user;
        this.resources = resources;
        this.handshake = handshake;
        this.wanted = wanted;
        this.records = new RecordLayer(handshake, resources, new Outcome(), this::execute);
        this.farewell = new Farewell(user, records, handshake.peer());
    }

    /**
     * TLS from the beginning: the user is given this link when the handshake is over.
     *
     * @param wanted asked once the link below is there; false ends it, and nobody hears of it
     */
    public static TlsLink direct(TlsUser user, TlsResources resources, Handshake handshake, BooleanSupplier wanted) {
        return new TlsLink(user, resources, handshake, wanted);
    }

    /**
     * TLS on a link that the user has already, and that writes nothing: {@link #begin} begins.
     *
     * @param reads what that link was told last
     */
    public static TlsLink over(TlsUser user, TlsResources resources, Handshake handshake, boolean reads) {
        TlsLink link = new TlsLink(user, resources, handshake, () -> true);
        link.belowReads = reads;
        link.userHasLink = true;
        return link;
    }

    /** Begins the handshake on a link; from now on this hears what the engine reports of it. */
    public void begin(Link link) {
        below = link;
        state = State.SHAKING;
        if (!handshake.limit().isZero()) {
            timer = resources.scheduler().schedule(handshake.limit(), () -> link.execute(this::shookTooLong));
        }
        try {
            handshake.client().engine().beginHandshake();
        } catch (SSLException broken) {
            fail(handshake.client().explain(broken));
        }
        work();
    }

    private void shookTooLong() {
        if (state == State.SHAKING) {
            fail(handshake.peer().timedOut(handshake.limit(), records.hasHeard()));
        }
    }

    /** Gives up a handshake that is under way, or will be; later it does nothing. From any thread. */
    public void giveUp() {
        givenUp = true;
        Link open = below;
        if (open != null) {
            open.execute(() -> {
                if (state == State.SHAKING) {
                    abort();
                }
            });
        }
    }

    /** What was agreed on; from any thread, once the handshake is over. */
    public SSLSession session() {
        return handshake.client().engine().getSession();
    }

    /** What ALPN chose; from any thread, once the handshake is over. */
    public Optional<String> applicationProtocol() {
        return Optional.ofNullable(handshake.client().engine().getApplicationProtocol())
                .filter(chosen -> !chosen.isEmpty());
    }

    private Link below() {
        return Objects.requireNonNull(below, "not connected yet");
    }

    // ---- what the engine reports ----

    @Override
    public void opened(Link link) {
        if (givenUp || !wanted.getAsBoolean()) {
            over();
            link.abort();
        } else {
            begin(link);
        }
    }

    @Override
    public void openFailed(IOException cause) {
        state = State.GONE;
        user.openFailed(cause);
    }

    @Override
    public void received(ByteBuffer data) {
        if (!isAlive() || records.isInputOver()) {
            return;
        }
        records.input().offer(data);
        work();
        records.input().keep();
        readAsNeeded();
    }

    @Override
    public void written() {
        records.written();
        if (state == State.LEAVING) {
            leave();
        }
        work();
    }

    /** In a handshake the peer's last words may tell why; they are in the input. */
    @Override
    public void outputFailed(IOException cause) {
        records.output().follow();
        if (state == State.OPEN) {
            user.outputFailed(cause);
        }
    }

    @Override
    public void inputEnded() {
        if (farewell.inputEnded()) {
            work();
        }
    }

    @Override
    public void closed(@Nullable IOException cause) {
        boolean isShaking = state == State.SHAKING;
        over();
        state = State.GONE;
        records.output().release();
        if (userHasLink) {
            user.closed(cause);
        } else if (isShaking) {
            user.openFailed(handshake.peer().brokenOff(cause));
        }
    }

    // ---- the loop ----

    private boolean isAlive() {
        return state == State.SHAKING || state == State.OPEN;
    }

    /** Nothing is encrypted or decrypted any more. */
    private void over() {
        state = State.OVER;
        timer.cancel();
        records.stop();
    }

    /** Does all that can be done now. */
    private void work() {
        if (working) {
            return;
        }
        working = true;
        try {
            sends = 0;
            boolean moved = true;
            while (moved && isAlive() && !records.waits() && hasTheThread()) {
                moved = step();
            }
        } catch (SSLException | RuntimeException broken) {
            fail(handshake.client().explain(broken));
        } finally {
            working = false;
        }
        readAsNeeded();
    }

    /** What comes out of a step is worked off by the next ones; that the input ended waits for no output. */
    private boolean step() throws SSLException {
        return records.encrypt()
                || tellOfWrite()
                || records.decrypt()
                || farewell.tellInput(state == State.SHAKING)
                || send()
                || farewell.tellOutput();
    }

    private boolean hasTheThread() {
        boolean has = sends < SENDS_IN_A_ROW;
        if (!has) {
            execute(this::work);
        }
        return has;
    }

    private void readAsNeeded() {
        boolean wantedNow = reading && records.input().held() < MOST_HELD;
        if (wantedNow != belowReads && isAlive()) {
            belowReads = wantedNow;
            below().setReading(wantedNow);
        }
    }

    private boolean tellOfWrite() {
        if (records.isWriteCutOff()) {
            records.output().forget();
            user.outputCutOff();
            return true;
        }
        boolean done = records.output().takeDone();
        if (done) {
            user.written();
        }
        return done;
    }

    private boolean send() {
        boolean sent = isAlive()
                && !records.output().isOutstanding()
                && records.output().writeTo(below());
        sends += sent ? 1 : 0;
        return sent;
    }

    private final class Outcome implements RecordLayer.Listener {
        @Override
        public void finished() {
            state = State.OPEN;
            timer.cancel();
            handshake.tellLog();
            if (userHasLink) {
                user.secured();
            } else {
                userHasLink = true;
                user.opened(TlsLink.this);
            }
        }

        @Override
        public void tasksDone() {
            work();
        }

        @Override
        public void taskFailed(Throwable thrown) {
            fail(handshake.client().explain(thrown));
        }

        @Override
        public void deliver(ByteBuffer plain) {
            user.received(plain);
        }
    }

    /** The peer is told by an alert, if there is one and it can leave. */
    private void fail(TlsException why) {
        if (!isAlive()) {
            return;
        }
        over();
        records.breakOff();
        if (userHasLink) {
            user.tlsFailed(why);
        } else {
            user.openFailed(why);
            close();
        }
    }

    // ---- Link ----

    @Override
    public void write(ByteBuffer data) {
        records.output().accept(data);
        work();
    }

    /**
     * Sends close_notify after what was written; called again, it only answers.
     *
     * @return whether that is done; else {@link TlsUser#outputEnded} follows
     */
    public boolean endOutput() {
        if (state == State.OPEN && farewell.endOutput()) {
            work();
        }
        return state != State.OPEN || farewell.isOutputOver();
    }

    /** How many bytes of records the operating system has taken, as far as the link below says. */
    public long taken() {
        return records.output().taken();
    }

    /** Whether the link below has something to write. */
    public boolean isWriting() {
        return records.output().isOutstanding();
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        readAsNeeded();
    }

    @Override
    public void shutdownOutput() {
        below().shutdownOutput();
    }

    /** What was made already, an alert or the answer to the peer's end, leaves first. */
    @Override
    public void close() {
        over();
        leave();
        if (state == State.LEAVING) {
            timer = resources.scheduler().schedule(LAST_WORDS, () -> execute(below()::abort));
        }
    }

    /** Closes, once the last words have left. */
    private void leave() {
        state = State.OVER;
        if (records.sayLastWords(below())) {
            state = State.LEAVING;
        } else {
            below().close();
        }
    }

    @Override
    public void abort() {
        over();
        below().abort();
    }

    @Override
    public void execute(Runnable task) {
        below().execute(task);
    }

    @Override
    public SocketAddress localAddress() {
        return below().localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return below().remoteAddress();
    }
}
