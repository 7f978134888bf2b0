package dev.bowline.internal.connection;

import dev.bowline.ConnectOptions;
import dev.bowline.LossReason.TimedOut.Timer;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What ends a connection on which nothing moves: no input (C4), or no output though some waits (B7). Event side only. */
final class Timeouts {
    private final Patience idle;
    private final Patience stall;

    /** How much has arrived. */
    private long receivedBytes;

    /**
     * @param reading whether input is waited for
     * @param writing whether output waits to be taken
     * @param taken how much was taken
     * @param expired told at most once by each timer
     */
    Timeouts(
            Deadlines deadlines,
            ConnectOptions options,
            BooleanSupplier reading,
            BooleanSupplier writing,
            LongSupplier taken,
            BiConsumer<Timer, Duration> expired) {
        idle = new Patience(
                deadlines,
                options.idleTimeout(),
                reading,
                () -> receivedBytes,
                () -> expired.accept(Timer.IDLE, options.idleTimeout()));
        stall = new Patience(
                deadlines,
                options.writeStall(),
                writing,
                taken,
                () -> expired.accept(Timer.WRITE_STALL, options.writeStall()));
    }

    /** The connection is open and reads, or reads again. */
    void reading() {
        idle.touch();
    }

    void received(int bytes) {
        receivedBytes += bytes;
        idle.touch();
    }

    /** The link has output that it could not write at once. */
    void outputWaits() {
        stall.touch();
    }
}
