package dev.bowline.examples.cli;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Prints lines above the one being edited, on a thread of its own. To print there the edited line is taken away and
 * painted again, which costs far more than a line does: so all lines that came meanwhile are printed together, and
 * the faster they come, the more they are.
 *
 * <p>Adding waits while too much is not printed yet. A server that sends faster than a terminal shows is slowed down that
 * way, and memory is bounded.
 */
final class LinesAbove implements AutoCloseable {
    /** So many characters wait at most, and one line more. */
    private static final int CAPACITY = 1 << 18;

    private final Consumer<String> printer;
    private final Thread thread = new Thread(this::print, "bowline-console-printer");

    private final ReentrantLock lock = new ReentrantLock();

    /** There is something to print, or it is over. */
    private final Condition filled = lock.newCondition();

    /** There is room, or it is over. */
    private final Condition emptied = lock.newCondition();

    /** Guarded by lock, as is closed. */
    private StringBuilder waiting = new StringBuilder();

    private boolean closed;

    /** @param printer gets whole lines, with their ends */
    LinesAbove(Consumer<String> printer) {
        this.printer = printer;
        thread.setDaemon(true);
        thread.start();
    }

    /** Prints a line, with its end, behind those added before; not at all once it is closed. From any thread but the printer. */
    void add(String line) {
        lock.lock();
        try {
            while (waiting.length() >= CAPACITY && !closed) {
                emptied.awaitUninterruptibly();
            }
            if (!closed) {
                waiting.append(line);
                filled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void print() {
        for (String lines = take(); !lines.isEmpty(); lines = take()) {
            printer.accept(lines);
        }
    }

    /** Waits for something to print; empty at the end. */
    private String take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                filled.awaitUninterruptibly();
            }
            String lines = waiting.toString();
            waiting = new StringBuilder();
            emptied.signalAll();
            return lines;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, and waits until all is printed. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
