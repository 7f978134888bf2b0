package dev.bowline.examples.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the libraries log, which is for {@code --verbose} only: whatever the user has to know is in the program's own
 * sentence. System.Logger means java.util.logging here, and Netty takes it, too.
 */
final class Logs {
    private static final Logger ROOT = Logger.getLogger("");

    /** Held here: a logger that nobody holds is forgotten together with its level. */
    private static final Logger BOWLINE = Logger.getLogger("dev.bowline");

    private final Handler[] handlers = ROOT.getHandlers();
    private final @Nullable Level level = BOWLINE.getLevel();

    private Logs() {}

    /** How it is just now. */
    static Logs now() {
        return new Logs();
    }

    /** It is again as it was then. */
    void restore() {
        replaceHandlers(handlers);
        BOWLINE.setLevel(level);
    }

    /** Shows what is logged from now on, or does not. */
    static void show(boolean verbose, PrintStream err) {
        if (verbose) {
            replaceHandlers(new Lines(err));
        } else {
            replaceHandlers();
        }
        BOWLINE.setLevel(verbose ? Level.ALL : Level.OFF);
    }

    private static void replaceHandlers(Handler... wanted) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        for (Handler handler : wanted) {
            ROOT.addHandler(handler);
        }
    }

    /** One line for a record, and its stack trace. */
    private static final class Lines extends Handler {
        private final PrintStream err;

        Lines(PrintStream err) {
            this.err = err;
            setFormatter(new Formatter() {
                @Override
                public String format(LogRecord record) {
                    StringWriter text = new StringWriter();
                    text.append(record.getLoggerName() + ": " + formatMessage(record));
                    if (record.getThrown() != null) {
                        text.append('\n');
                        record.getThrown().printStackTrace(new PrintWriter(text, true));
                    }
                    return text.toString().stripTrailing();
                }
            });
        }

        @Override
        public void publish(LogRecord record) {
            err.println(getFormatter().format(record));
        }

        @Override
        public void flush() {
            err.flush();
        }

        @Override
        public void close() {}
    }
}
