package dev.bowline.testkit.contract.support;

import dev.bowline.Endpoint;
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

    private final @Nullable Level before = logger.getLevel();

    /** Begins to listen to what is logged as a rule. */
    public LogCapture() {
        this(null);
    }

    /** Begins to listen to all of this level and above; null leaves it as it is. */
    public LogCapture(@Nullable Level least) {
        if (least != null) {
            logger.setLevel(least);
            handler.setLevel(least);
        }
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /** All so far about an endpoint, which such entries begin with. */
    public List<LogRecord> about(Endpoint endpoint) {
        synchronized (lock) {
            return records.stream()
                    .filter(entry -> entry.getMessage().startsWith(endpoint + ": "))
                    .toList();
        }
    }

    /** The same as text, and without their beginning: {@code INFO lost: closed by the peer}. */
    public List<String> linesAbout(Endpoint endpoint) {
        int beginning = (endpoint + ": ").length();
        return about(endpoint).stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage().substring(beginning))
                .toList();
    }

    /** Waits for an entry about an endpoint that begins like this, after the level, and returns all until then. */
    public List<String> awaitLine(Endpoint endpoint, String beginning) {
        Waiting.until(
                lock,
                () -> linesAbout(endpoint).stream().anyMatch(line -> line.startsWith(beginning)),
                () -> "'" + beginning + "' among " + linesAbout(endpoint));
        return linesAbout(endpoint);
    }

    /** All so far. */
    public List<LogRecord> all() {
        synchronized (lock) {
            return List.copyOf(records);
        }
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
        logger.setLevel(before);
    }
}
