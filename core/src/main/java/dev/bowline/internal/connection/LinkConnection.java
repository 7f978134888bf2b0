package dev.bowline.internal.connection;

import dev.bowline.Cancellable;
import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.LossReport;
import dev.bowline.Scheduler;
import dev.bowline.internal.CallbackThread;
import dev.bowline.internal.connection.Ending.Output;
import dev.bowline.internal.connection.Ending.Phase;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a link: turns what an engine reports into the calls of a protocol, and what a protocol wants into the
 * few things that an engine can do.
 *
 * <p>All that decides runs on the link's event side, in <em>turns</em>. A turn is one report of the engine, or one task;
 * callbacks run inside of it, and when it ends, what they left is done: held input is delivered, output is pumped, the
 * ending goes on as far as it can. So batching needs no flush, and a callback never finds another one under way. From
 * other threads come only what the flags and the lock of {@link Incoming} and {@link Outgoing} allow, and tasks.
 */
public final class LinkConnection implements Connection, LinkHandler, ProtocolSide {
    private static final System.Logger LOG = System.getLogger("dev.bowline.connection");

    /** How long a close waits for the peer's end (B3), and a broken output for the end of the input. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final ConnectionOwner owner;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private final Deadlines deadlines;
    private final Callee protocol = new Callee(this, this::callbackFailed);
    private final Timeouts timeouts;
    private final Turns turns;

    /** Event side. */
    private final Ending ending = new Ending();

    /** Set in {@link #opened}, before anybody else can see the connection. */
    private @Nullable Link link;

    /** Event side: null before it is open, once it is lost, and if there is no queue. */
    private @Nullable OutboundSource source;

    /** Ends the client; set before the protocol is told of the connection, null without a client. */
    private volatile @Nullable Runnable clientEnd;

    /** Event side: what the link was told last. */
    private boolean linkReads = true;

    /** Event side: the peer's end was dealt with, after all input before it. */
    private boolean inputEndReported;

    public LinkConnection(ConnectionOwner owner, Scheduler scheduler, BatchPool pool, ConnectOptions options) {
        this.owner = owner;
        this.incoming = new Incoming(protocol::received);
        this.deadlines = new Deadlines(scheduler, this::execute);
        this.outgoing = new Outgoing(pool, this::outputWaits, this::settle);
        this.turns = new Turns(outgoing::awake, this::finishTurn);
        this.timeouts = new Timeouts(deadlines, options, this::awaitsInput, outgoing, this::timedOut);
    }

    // ---- what the engine reports ----

    @Override
    public void opened(Link opened) {
        link = opened;
        turns.take(() -> {
            ConnectionOwner.Service service = owner.opened(this);
            if (service == null) {
                release(false);
                return;
            }
            source = service.source();
            timeouts.reading();
            if (source != null) {
                clientEnd = source::finish;
                source.connected(this, deadlines, this::protocolTimedOut);
            }
            protocol.made(service.protocol());
        });
    }

    @Override
    public void openFailed(IOException cause) {
        CallbackThread.run(() -> owner.openFailed(cause));
    }

    @Override
    public void received(ByteBuffer data) {
        turns.take(() -> {
            timeouts.received(data.remaining());
            incoming.received(data);
        });
    }

    @Override
    public void written() {
        turns.take(outgoing::written);
    }

    @Override
    public void outputFailed(IOException cause) {
        turns.take(() -> {
            ending.because(new LossReason.Failed(cause));
            ending.outputFailed();
            outgoing.drop();
            deadlines.schedule(LINGER, () -> release(false));
        });
    }

    @Override
    public void inputEnded() {
        turns.take(() -> {
            ending.peerEnded();
            outgoing.cutOffSource();
        });
    }

    @Override
    public void closed(@Nullable IOException cause) {
        turns.take(() -> {
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

    /** What came before the loss and was held back by a pause that is over by now (A3). */
    private void deliverTheRest() {
        incoming.drain();
        if (isInputEndDue()) {
            reportInputEnd();
        }
    }

    /** The end, in the order of rule A3. */
    private void lost() {
        if (!protocol.isThere()) {
            outgoing.lost();
            return;
        }
        LossReason reason = ending.reason();
        protocol.lost(reason);
        outgoing.lost();
        OutboundSource queue = source;
        LossReport report = queue == null ? new LossReport(reason, 0, 0) : queue.lost(reason);
        protocol.forget();
        source = null;
        owner.lost(report);
    }

    // ---- turns ----

    /** Works until nothing is left to do now: what one part does may give another something to do. */
    private void finishTurn() {
        Link opened = link();
        do {
            deliverTheRest();
            if (outgoing.pump(opened)) {
                opened.execute(turns::takeEmpty);
            }
        } while (advance() || incoming.hasWork() || isInputEndDue());
        readAsWanted(opened);
        if (tellWritability()) {
            // What that left behind is done in another turn: who writes at each change would keep this one for ever.
            opened.execute(turns::takeEmpty);
        }
    }

    /** Rule A5. */
    private void callbackFailed(Throwable thrown) {
        LOG.log(Level.ERROR, () -> "a callback failed; the connection to " + remoteAddress() + " is aborted", thrown);
        ending.because(new LossReason.ProtocolFailure(thrown));
        release(false);
    }

    /** Input that is not waited for can't be late (C4). */
    private boolean awaitsInput() {
        return linkReads && ending.phase() == Phase.OPEN && !ending.inputEnded();
    }

    /** The protocol was too slow at something; a close that is under way has its own time. */
    private void protocolTimedOut(Timer timer, Duration limit) {
        if (ending.phase() == Phase.OPEN) {
            timedOut(timer, limit);
        }
    }

    private void timedOut(Timer timer, Duration limit) {
        ending.timedOut(new LossReason.TimedOut(timer, limit, protocol.name()));
        release(false);
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
        return ending.inputEnded() && !inputEndReported && !incoming.holdsBack();
    }

    private void reportInputEnd() {
        inputEndReported = true;
        if (ending.phase() == Phase.OPEN) {
            protocol.inputEnded();
        }
    }

    private void readAsWanted(Link opened) {
        boolean wanted = !incoming.isPaused() || ending.phase() != Phase.OPEN;
        if (wanted != linkReads && ending.phase().compareTo(Phase.RELEASED) < 0) {
            linkReads = wanted;
            if (wanted) {
                timeouts.reading();
            }
            opened.setReading(wanted);
        }
    }

    /** Takes the next steps of the ending, as far as they can be taken now; returns whether it took one. */
    private boolean advance() {
        if (ending.phase().compareTo(Phase.RELEASED) >= 0) {
            return false;
        }
        boolean inputOver = ending.inputEnded() && !incoming.holdsBack();
        if (ending.output() == Output.FAILED) {
            return (inputOver || ending.phase() != Phase.OPEN) && release(false);
        }
        if (ending.output() == Output.FLUSHING && outgoing.isDrained()) {
            ending.outputShut();
            link().shutdownOutput();
            return true;
        }
        if (ending.output() != Output.SHUT) {
            return false;
        }
        if (inputOver) {
            return release(true);
        }
        if (ending.phase() == Phase.CLOSING && ending.enter(Phase.FIN_SENT)) {
            deadlines.schedule(LINGER, () -> release(true));
        }
        return false;
    }

    /** Lets the link go, in good order or with a reset; returns whether it had not been let go before. */
    private boolean release(boolean orderly) {
        if (!ending.enter(Phase.RELEASED)) {
            return false;
        }
        incoming.stop();
        if (orderly) {
            link().close();
        } else {
            outgoing.drop();
            link().abort();
        }
        return true;
    }

    private void outputWaits() {
        timeouts.outputWaits();
    }

    /** A batch is done: whole, or as far as it came before the loss. */
    private void settle(Batch batch) {
        int written = batch.messagesWritten();
        OutboundSource queue = source;
        if (written > 0 && queue != null) {
            queue.handedOver(batch.numberOf(written), written);
        }
    }

    private void wake() {
        if (outgoing.wake()) {
            link().execute(turns::takeEmpty);
        }
    }

    private Link link() {
        return Objects.requireNonNull(link, "not open yet");
    }

    /** Event side at once, from elsewhere as a task; nothing after the loss. */
    private void onEventSide(Runnable task) {
        if (turns.isInside()) {
            task.run();
        } else {
            link().execute(() -> turns.take(task));
        }
    }

    // ---- Connection, from any thread ----

    @Override
    public boolean write(ByteBuffer data) {
        boolean taken = outgoing.write(data);
        if (taken) {
            wake();
        }
        return taken;
    }

    @Override
    public boolean isWritable() {
        return outgoing.isWritable();
    }

    @Override
    public void close() {
        closeBecause(new LossReason.ClosedHere());
    }

    @Override
    public void closeBecause(LossReason reason) {
        incoming.stop();
        outgoing.stopAccepting();
        onEventSide(() -> {
            if (ending.enter(Phase.CLOSING)) {
                ending.closing(reason);
                outgoing.cutOffSource();
                ending.flush();
            }
        });
    }

    @Override
    public void abort() {
        incoming.stop();
        outgoing.stopAccepting();
        onEventSide(() -> {
            ending.because(new LossReason.AbortedHere());
            release(false);
        });
    }

    @Override
    public void shutdownOutput() {
        outgoing.stopAccepting();
        onEventSide(() -> {
            outgoing.cutOffSource();
            ending.flush();
        });
    }

    @Override
    public void pauseReading() {
        incoming.pause();
        onEventSide(incoming::pauseIsKnown);
    }

    @Override
    public void resumeReading() {
        incoming.resume();
        onEventSide(() -> {});
    }

    @Override
    public boolean isReading() {
        boolean reading = incoming.isDelivering();
        if (!reading && turns.isInside()) {
            incoming.pauseIsKnown();
        }
        return reading;
    }

    @Override
    public void execute(Runnable task) {
        link().execute(() -> turns.take(() -> {
            if (ending.phase() != Phase.LOST) {
                protocol.run(task);
            }
        }));
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return deadlines.schedule(delay, task);
    }

    @Override
    public SocketAddress localAddress() {
        return link().localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return link().remoteAddress();
    }

    // ---- ProtocolSide ----

    @Override
    public void ready(long messages) {
        onEventSide(() -> {
            OutboundSource queue = source;
            if (queue != null && ending.isUntouched()) {
                queue.permit(messages);
                outgoing.open(queue, this::wake);
            }
        });
    }

    @Override
    public void confirm(int messages) {
        OutboundSource queue = source;
        if (queue != null && ending.phase() != Phase.LOST) {
            queue.confirm(messages);
        }
    }

    @Override
    public void finish() {
        Runnable end = clientEnd;
        if (end != null) {
            end.run();
        } else {
            close();
        }
    }

    @Override
    public void unread(ByteBuffer data) {
        onEventSide(() -> incoming.unread(data));
    }
}
