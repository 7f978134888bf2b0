package dev.bowline.transport.blocking;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

// The design
//
// Three things need a thread: the read, the write, and the event side (calls to the handler, and tasks). Each is done
// by one worker at a time, and all workers are equal: a worker serves events if there are any and nobody does, else
// writes, else reads, else rests. The lock guards what is decided, never a system call or a call to the handler.
//
// No hop. What a read or a write brought is left as a report, and whoever has the event side next makes it. As a rule
// that is the worker that brought it: it returns, finds the event side free, calls `received`, writes what the handler
// wrote, and reads again. Nobody ever waits for the event side: a worker that finds it taken goes on to other work.
//
// No deadlock. One rule: who is about to block, in a read or in a write, first calls a worker for whatever else there
// is to do. So a blocked write always has a reader beside it (two peers that only write cannot stop each other), and a
// task finds a worker though both directions are blocked: that is the third. An idle link has one, in its read.
//
// No needless wake-up. By that rule alone every small answer would first wake a second worker to read. So a worker on
// the event side, while nobody reads, *tries* one slice with the channel out of blocking mode, which can't block and
// so needs nobody. Readers stay out meanwhile (TRYING), and so does whoever might close the channel, since that is the
// event side's too: nobody else ever meets the channel in that mode. What is left is written blocking, by the rule. A
// few rounds later nothing is tried any more, so that a writer whose peer keeps up does not keep the reader out.
//
// The end. Closing the channel, on the event side or after a failed read, makes the calls under way return; `closed`
// is reported when they have. Workers then end; one is started anew for a task that comes later.
final class BlockingLink implements Link {
    /** How many times in a row the event side writes and serves before others get their turn. */
    private static final int ROUNDS = 8;

    private final BlockingEngine engine;
    private final SocketChannel channel;
    private final LinkHandler handler;
    private final SocketAddress localAddress;
    private final SocketAddress remoteAddress;

    /** Never held over a system call on the channel, a call to the handler, or a task. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final Crew crew;

    /** Guarded by the lock. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    /** Guarded by the lock. */
    private final Input input;

    /** Guarded by the lock. */
    private final Output output = new Output();

    /** Guarded by the lock. */
    private LinkState state = LinkState.OPEN;

    /** Whether a worker has the event side. Guarded by the lock. */
    private boolean eventSideTaken;

    /** What broke the link. Guarded by the lock. */
    private @Nullable IOException cause;

    /** On the thread that becomes the first worker. */
    BlockingLink(BlockingEngine engine, SocketChannel channel, String name, LinkHandler handler) throws IOException {
        this.engine = engine;
        this.channel = channel;
        this.handler = handler;
        this.localAddress = channel.getLocalAddress();
        this.remoteAddress = channel.getRemoteAddress();
        this.input = new Input(new ReadBuffer(channel, engine.buffers()));
        this.crew = new Crew(engine.workers(), name, lock, this::work);
        tasks.add(this::open);
    }

    /** The first worker's life. */
    void begin() {
        lock.lock();
        try {
            workUntilDone(Crew.FIRST_SEAT);
        } finally {
            lock.unlock();
        }
    }

    /** The engine closes. */
    void end() {
        execute(this::abort);
    }

    // What the event side asks for

    @Override
    public void write(ByteBuffer data) {
        locked(() -> output.give(data));
    }

    @Override
    public void setReading(boolean on) {
        locked(() -> input.setReading(on));
    }

    @Override
    public void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            locked(() -> output.fail(e));
        }
    }

    @Override
    public void close() {
        if (beginClosing(null)) {
            Channels.close(channel);
        }
    }

    @Override
    public void abort() {
        if (beginClosing(null)) {
            Channels.dropOnClose(channel);
            Channels.close(channel);
        }
    }

    @Override
    public void execute(Runnable task) {
        int seat;
        lock.lock();
        try {
            if (state == LinkState.CLOSED && engine.isClosed()) {
                return;
            }
            tasks.addLast(task);
            seat = eventSideTaken ? Crew.NOBODY : crew.call();
        } finally {
            lock.unlock();
        }
        crew.start(seat);
    }

    @Override
    public SocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** The first task. */
    private void open() {
        try {
            handler.opened(this);
        } finally {
            locked(input::start);
        }
    }

    /** Whether the caller is to close the channel. */
    private boolean beginClosing(@Nullable IOException why) {
        lock.lock();
        try {
            if (state == LinkState.OPEN || why == null) {
                cause = why;
            }
            if (state != LinkState.OPEN) {
                return false;
            }
            state = state.to(LinkState.CLOSING);
            input.end();
            output.end();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    // What a worker does. From here on the lock is held, except where it is let go in between.

    private void work(int seat) {
        lock.lock();
        try {
            crew.arrived();
            workUntilDone(seat);
        } finally {
            lock.unlock();
        }
    }

    private void workUntilDone(int seat) {
        try {
            do {
                while (workOnce()) {}
            } while (state != LinkState.CLOSED && crew.rest());
            while (workOnce()) {}
        } finally {
            crew.leave(seat);
        }
    }

    /** Does one thing, if there is one that nobody does. */
    private boolean workOnce() {
        if (!eventSideTaken && eventsWait()) {
            serveEvents();
        } else if (output.is(Side.WANTED)) {
            write(Side.BUSY);
        } else if (input.is(Side.WANTED) && !output.is(Side.TRYING)) {
            read();
        } else {
            return false;
        }
        return true;
    }

    private boolean eventsWait() {
        return !tasks.isEmpty() || input.is(Side.REPORT) || output.is(Side.REPORT) || closedIsDue();
    }

    private boolean closedIsDue() {
        return state == LinkState.CLOSING && !input.is(Side.BUSY) && !output.isInCall();
    }

    /** Who is about to block calls another worker if there is anything else to do: see the design. */
    private int callForTheRest() {
        boolean left = output.is(Side.WANTED) || input.is(Side.WANTED) || (!eventSideTaken && eventsWait());
        return left ? crew.call() : Crew.NOBODY;
    }

    private void read() {
        input.enterCall();
        int seat = callForTheRest();
        boolean gotBytes = false;
        lock.unlock();
        try {
            crew.start(seat);
            gotBytes = input.fill();
        } catch (Throwable e) {
            if (beginClosing(Channels.asIoException(e))) {
                Channels.close(channel);
            }
        } finally {
            lock.lock();
        }
        input.leaveCall(gotBytes, state == LinkState.OPEN);
    }

    private void write(Side call) {
        ByteBuffer data = output.enterCall(call);
        int seat = call == Side.BUSY ? callForTheRest() : Crew.NOBODY;
        IOException failure = null;
        lock.unlock();
        try {
            crew.start(seat);
            if (call == Side.BUSY) {
                Channels.write(channel, data);
            } else {
                Channels.tryToWrite(channel, data);
            }
        } catch (Throwable e) {
            failure = Channels.asIoException(e);
        } finally {
            lock.lock();
        }
        output.leaveCall(failure, state == LinkState.OPEN);
    }

    // The event side

    private void serveEvents() {
        eventSideTaken = true;
        for (int round = 1; eventsWait(); round++) {
            if (input.is(Side.REPORT)) {
                call(input.report(handler));
                input.reported();
            }
            if (output.is(Side.REPORT)) {
                call(output.report(handler));
            }
            if (closedIsDue()) {
                reportClosed();
            }
            runTasks();
            if (round > ROUNDS) {
                letOthersIn();
            } else if (output.is(Side.WANTED) && !input.is(Side.BUSY)) {
                write(Side.TRYING);
            }
        }
        eventSideTaken = false;
    }

    private void reportClosed() {
        IOException why = cause;
        state = state.to(LinkState.CLOSED);
        output.release();
        input.release();
        call(() -> handler.closed(why));
        engine.leave(this);
        crew.dismiss();
    }

    /** Those that are there by now; what they add waits for the next round. */
    private void runTasks() {
        for (int left = tasks.size(); left > 0; left--) {
            call(tasks.removeFirst());
        }
    }

    /** Events without end must not keep bytes from moving. */
    private void letOthersIn() {
        int seat = callForTheRest();
        lock.unlock();
        try {
            crew.start(seat);
        } finally {
            lock.lock();
        }
    }

    private void call(Runnable event) {
        lock.unlock();
        try {
            event.run();
        } catch (Throwable e) {
            Channels.LOG.log(Level.ERROR, () -> "an exception on the event side of " + remoteAddress, e);
        } finally {
            Thread.interrupted(); // left behind by user code, it would close the channel at the next call
            lock.lock();
        }
    }
}
