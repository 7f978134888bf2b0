package dev.bowline.examples.cli;

import dev.bowline.line.LineClient;
import java.io.InputStream;
import java.text.DecimalFormat;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import me.tongfei.progressbar.wrapped.ProgressBarWrappedInputStream;
import org.jspecify.annotations.Nullable;

/** How far a client is with an input, painted five times a second: bytes read, lines delivered, and how it is connected. */
final class Progress implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;

    private final Screen screen;
    private final ProgressBar bar;

    /** Whose lines are counted, once there is one. */
    private volatile @Nullable LineClient client;

    private boolean closed;

    /** @param bytes how many the input has; -1 where nobody knows */
    Progress(Screen screen, long bytes) {
        this.screen = screen;
        this.bar = new ProgressBarBuilder()
                .setTaskName("send")
                .setInitialMax(bytes)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .continuousUpdate()
                .setRenderer(new Line())
                .setConsumer(new DelegatingProgressBarConsumer(screen::paint, screen.columns() - 1))
                .build();
    }

    /** The same input, whose bytes are counted as they are read. */
    InputStream watch(InputStream input) {
        return new ProgressBarWrappedInputStream(input, bar);
    }

    void watch(LineClient sending) {
        client = sending;
    }

    /** Paints the last time, and leaves no trace; once. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            bar.close();
            screen.erase();
        }
    }

    /** Numbers as the rest of the program writes them. Called by the painting thread, one at a time. */
    private final class Line extends DefaultProgressBarRenderer {
        private long since = System.nanoTime();
        private long before;
        private long rate;

        Line() {
            super(
                    ProgressBarStyle.ASCII,
                    " MB",
                    1_000_000,
                    true,
                    new DecimalFormat(),
                    ChronoUnit.SECONDS,
                    false,
                    state -> Optional.empty());
        }

        @Override
        protected String ratio(ProgressState state) {
            String read = megabytes(state.getCurrent());
            return (state.isIndefinite() ? read : read + "/" + megabytes(state.getMax())) + " MB";
        }

        private static String megabytes(long bytes) {
            return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
        }

        @Override
        protected String speed(ProgressState state) {
            LineClient sending = client;
            if (sending == null) {
                return "";
            }
            long delivered = sending.counters().delivered();
            return delivered + " lines, " + rate(delivered) + "/s, " + Words.word(sending.state());
        }

        /** Of the last second or so. */
        private long rate(long delivered) {
            long now = System.nanoTime();
            if (now - since >= 1_000_000_000) {
                rate = Math.round((delivered - before) * 1e9 / (now - since));
                since = now;
                before = delivered;
            }
            return rate;
        }
    }
}
