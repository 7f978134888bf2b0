package dev.bowline.testkit.contract.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What Bowline logs while this is open; it goes nowhere else. */
public final class LogCapture implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.bowline");
    private final Object lock = new Object();

    /** Guarded by lock. */
    private final List<LogRecord> records = new ArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            synchronized (lock) {
                records.add(entry);
                lock.notifyAll();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Begins to listen. */
    public LogCapture() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /** All so far of this level. */
    public List<LogRecord> of(Level level) {
        synchronized (lock) {
            return records.stream()
                    .filter(entry -> entry.getLevel().equals(level))
                    .toList();
        }
    }

    /** Waits for so many errors whose exception says this. */
    public List<LogRecord> awaitErrors(String message, int count) {
        Waiting.until(lock, () -> errors(message).size() >= count, () -> count + " errors with '" + message + "'");
        return errors(message);
    }

    private List<LogRecord> errors(String message) {
        return of(Level.SEVERE).stream()
                .filter(entry -> entry.getThrown() != null
                        && message.equals(entry.getThrown().getMessage()))
                .toList();
    }

    /** Waits for an entry that carries this exception. */
    public LogRecord await(Throwable thrown) {
        Waiting.until(lock, () -> find(thrown) != null, () -> "an entry with " + thrown + " among " + records.size());
        return Objects.requireNonNull(find(thrown));
    }

    private @Nullable LogRecord find(Throwable thrown) {
        synchronized (lock) {
            return records.stream()
                    .filter(entry -> entry.getThrown() == thrown)
                    .findFirst()
                    .orElse(null);
        }
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
