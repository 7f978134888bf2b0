package dev.bowline.internal.connection;

import dev.bowline.ConnectOptions;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.LossReport;
import dev.bowline.TlsException;
import dev.bowline.internal.CallbackThread;
import dev.bowline.internal.connection.Ending.Output;
import dev.bowline.internal.connection.Ending.Phase;
import dev.bowline.internal.tls.TlsLink;
import dev.bowline.internal.tls.TlsResources;
import dev.bowline.internal.tls.TlsUser;
import dev.bowline.spi.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What decides about one connection: turns what a link reports into the calls of a protocol, and what a protocol wants into
 * the few things that a link can do.
 *
 * <p>All of it runs on the link's event side, in <em>turns</em>. A turn is one report of the link, or one task; callbacks run
 * inside of it, and when it ends, what they left is done: held input is delivered, output is pumped, the ending goes on as far
 * as it can. So batching needs no flush, and a callback never finds another one under way.
 */
final class EventSide extends Turns
        implements TlsUser, Executor, Outgoing.Listener, Timeouts.Watched, Departure.Exit, Callee.Mishaps {
    private final LinkConnection connection;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private final Deadlines deadlines;
    private final Callee protocol;
    private final Timeouts timeouts;
    private final Ending ending = new Ending();
    private final Supply supply = new Supply();
    private final Departure departure;
    private final Protection protection;
    private final TlsResources tlsResources;

    /** What an engine is given as its handler, where TLS does not stand before this from the beginning. */
    private final LinkSwitch wire = new LinkSwitch(this);

    /** Set in {@link #opened}, before anybody else can see the connection, and again when TLS begins on it. */
    private volatile @Nullable Link link;

    /** Who wants the connection; null once it is open. */
    private @Nullable ConnectionOwner owner;

    /** Who hears of its end; null before it is open, and once it is lost. */
    private ConnectionOwner.@Nullable Sequel sequel;

    /** What the link was told last. */
    private boolean linkReads = true;

    EventSide(LinkConnection connection, ConnectionOwner owner, Resources resources, ConnectOptions options) {
        this.connection = connection;
        this.owner = owner;
        this.protocol = new Callee(connection, this);
        this.incoming = new Incoming(protocol);
        Lock lock = new ReentrantLock();
        this.deadlines = new Deadlines(resources.scheduler(), this, lock);
        this.outgoing = new Outgoing(resources.batches(), this, lock);
        this.departure = new Departure(ending, outgoing, incoming, deadlines, this);
        this.tlsResources = resources.tls();
        this.protection = new Protection(connection, ending, outgoing, departure, deadlines);
        this.timeouts = new Timeouts(deadlines, options, this);
    }

    LinkSwitch wire() {
        return wire;
    }

    Protection protection() {
        return protection;
    }

    Departure departure() {
        return departure;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Incoming incoming() {
        return incoming;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    @Override
    public Link link() {
        return Objects.requireNonNull(link, "not open yet");
    }

    // ---- what the link reports ----

    @Override
    public void opened(Link opened) {
        link = opened;
        if (opened instanceof TlsLink direct) {
            protection.begunWith(direct);
        }
        takeTurn(() -> {
            ConnectionOwner.Service service = askedFor().opened(connection);
            owner = null;
            if (service == null) {
                departure.release(false);
                return;
            }
            sequel = service.sequel();
            timeouts.reading();
            OutboundSource queue = service.source();
            if (queue != null) {
                supply.begin(queue, connection, deadlines, this::protocolTimedOut);
            }
            protocol.made(service.protocol());
        });
    }

    @Override
    public void openFailed(IOException cause) {
        CallbackThread.run(() -> askedFor().openFailed(cause));
    }

    private ConnectionOwner askedFor() {
        return Objects.requireNonNull(owner, "opened already");
    }

    @Override
    public void received(ByteBuffer data) {
        takeTurn(() -> {
            timeouts.received(data.remaining());
            if (protection.isRequested() && ending.phase() == Phase.OPEN) {
                protection.foundClearText();
            } else {
                incoming.received(data);
            }
        });
    }

    @Override
    public void written() {
        takeTurn(outgoing::written);
    }

    @Override
    public void outputFailed(IOException cause) {
        takeTurn(() -> {
            ending.because(new LossReason.Failed(cause));
            departure.outputFailed();
        });
    }

    @Override
    public void inputEnded() {
        takeTurn(() -> {
            if (protection.isRequested() && ending.output() != Output.SHUT) {
                protection.lostPeer();
                return;
            }
            ending.peerEnded();
            outgoing.cutOffSource();
        });
    }

    @Override
    public void closed(@Nullable IOException cause) {
        takeTurn(() -> {
            deliverTheRest();
            if (cause != null) {
                ending.because(new LossReason.Failed(cause));
            }
            ending.enter(Phase.LOST);
            incoming.stop();
            outgoing.stopAccepting();
            deadlines.cancelAll();
            lost();
        });
    }

    // ---- what only TLS reports ----

    @Override
    public void secured() {
        takeTurn(protection::handshakeOver);
    }

    @Override
    public void inputTruncated() {
        takeTurn(() -> {
            ending.peerTruncated();
            outgoing.cutOffSource();
        });
    }

    @Override
    public void outputCutOff() {
        takeTurn(() -> {
            ending.closing(new LossReason.ClosedByPeer());
            outgoing.drop();
            departure.release(true);
        });
    }

    @Override
    public void outputEnded() {
        takeEmptyTurn();
    }

    @Override
    public void tlsFailed(TlsException cause) {
        takeTurn(() -> protection.breakOff(cause));
    }

    /** What came before the loss and was held back by a pause that is over by now (A3). */
    private void deliverTheRest() {
        incoming.drain();
        if (isInputEndDue()) {
            reportInputEnd();
        }
    }

    /** The end, in the order of rule A3. */
    private void lost() {
        ConnectionOwner.Sequel told = sequel;
        sequel = null;
        if (told == null) {
            outgoing.lost();
            return;
        }
        LossReason reason = ending.reason();
        protocol.lost(reason);
        outgoing.lost();
        protection.failed(
                new IOException("the connection ended before TLS began: " + reason.describe(), reason.cause()));
        LossReport report = supply.lost(reason);
        protocol.forget();
        supply.forget();
        told.lost(report);
    }

    // ---- turns ----

    @Override
    void turnBegins() {
        outgoing.awake();
    }

    /** Works until nothing is left to do now: what one part does may give another something to do. */
    @Override
    void turnEnds() {
        do {
            deliverTheRest();
            if (outgoing.pump(link())) {
                link().execute(this::takeEmptyTurn);
            }
            shakeIfDue();
        } while (departure.advance() || incoming.hasWork() || isInputEndDue());
        readAsWanted();
        if (tellWritability()) {
            // What that left behind is done in another turn: who writes at each change would keep this one for ever.
            link().execute(this::takeEmptyTurn);
        }
    }

    /** Begins the handshake that was asked for, once all that was written before has gone in the clear. */
    private void shakeIfDue() {
        boolean maySend =
                ending.phase().compareTo(Phase.CLOSING) <= 0 && ending.output().compareTo(Output.SHUT) < 0;
        if (!maySend || !protection.isRequested()) {
            return;
        }
        Link clear = link();
        TlsLink secured = protection.begin(handshake -> TlsLink.over(this, tlsResources, handshake, linkReads));
        if (secured != null) {
            link = secured;
            wire.to(secured);
            secured.begin(clear);
        }
    }

    /** Rule A5. */
    @Override
    public void callbackFailed(Throwable thrown) {
        String consequence = ending.phase() == Phase.LOST ? "" : "; the connection is aborted";
        CallbackLog.failed(connection.endpoint(), protocol.name(), thrown, consequence);
        ending.because(new LossReason.ProtocolFailure(thrown));
        departure.release(false);
    }

    /** Input that is not waited for can't be late (C4). */
    @Override
    public boolean awaitsInput() {
        return linkReads && ending.phase() == Phase.OPEN && !ending.inputEnded();
    }

    @Override
    public boolean awaitsOutput() {
        return outgoing.isWriting() || protection.isWriting();
    }

    @Override
    public long outputTaken() {
        return outgoing.taken() + protection.taken();
    }

    /** The protocol was too slow at something; a close that is under way has its own time. */
    void protocolTimedOut(Timer timer, Duration limit) {
        if (ending.phase() == Phase.OPEN) {
            timedOut(timer, limit);
        }
    }

    @Override
    public void timedOut(Timer timer, Duration limit) {
        ending.broken(new LossReason.TimedOut(timer, limit, protocol.name()));
        departure.release(false);
    }

    /** Tells the next change of writability (B6); returns whether there was one. */
    private boolean tellWritability() {
        Boolean writable = ending.phase() == Phase.OPEN ? outgoing.nextWritability() : null;
        if (writable == null) {
            return false;
        }
        protocol.writability(writable);
        return true;
    }

    /** The peer's end comes after the data that came before it (C2). */
    private boolean isInputEndDue() {
        return ending.isInputEndUntold() && !incoming.holdsBack();
    }

    private void reportInputEnd() {
        boolean truncated = ending.tellInputEnd();
        if (ending.phase() != Phase.OPEN) {
            return;
        }
        if (truncated) {
            ending.because(new LossReason.Truncated());
            departure.release(false);
        } else {
            protocol.inputEnded();
        }
    }

    private void readAsWanted() {
        boolean wanted = !incoming.isPaused() || ending.phase() != Phase.OPEN || protection.isUnderWay();
        if (wanted != linkReads && ending.phase().compareTo(Phase.RELEASED) < 0) {
            linkReads = wanted;
            if (wanted) {
                timeouts.reading();
            }
            link().setReading(wanted);
        }
    }

    /** Before FIN, TLS says that nothing more comes. */
    @Override
    public boolean isGoodbyeSaid() {
        boolean said = protection.endOutput();
        if (!said) {
            timeouts.outputWaits();
        }
        return said;
    }

    @Override
    public void outputWaits() {
        timeouts.outputWaits();
    }

    @Override
    public void settled(Batch batch) {
        supply.settle(batch);
    }

    // ---- what the connection asks for ----

    /** Output waits that was not announced yet, if nobody has; from any thread. */
    void wake() {
        if (outgoing.wake()) {
            link().execute(this::takeEmptyTurn);
        }
    }

    /** Event side at once, from elsewhere as a task. */
    void run(Runnable step) {
        if (isInside()) {
            step.run();
        } else {
            link().execute(() -> takeTurn(step));
        }
    }

    /** Runs user code, serially with the callbacks; not at all once the connection is lost. From any thread. */
    @Override
    public void execute(Runnable task) {
        link().execute(() -> takeTurn(() -> {
            if (ending.phase() != Phase.LOST) {
                protocol.run(task);
            }
        }));
    }

    void ready(long messages) {
        OutboundSource queue = ending.isUntouched() ? supply.permit(messages) : null;
        if (queue != null) {
            outgoing.open(queue, this::wake);
        }
    }

    void confirm(int messages) {
        if (ending.phase() != Phase.LOST) {
            supply.confirm(messages);
        }
    }

    /** From any thread. */
    void finish() {
        if (!supply.finish()) {
            connection.close();
        }
    }

    /** From any thread. No attempt may follow the close, so the client hears of it before; and it ends, also where none is open. */
    void fail(Throwable reason) {
        supply.giveUp(reason);
        connection.closeBecause(new LossReason.GivenUp(reason));
        supply.finish();
    }
}
