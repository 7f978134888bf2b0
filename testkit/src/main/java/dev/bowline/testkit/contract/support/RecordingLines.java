package dev.bowline.testkit.contract.support;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A line protocol that writes its lines down. It is ready at once; tests override what they need. */
public class RecordingLines extends LineProtocol {
    private final EventLog lines = new EventLog();
    private final CompletableFuture<Connection> made = new CompletableFuture<>();
    private final CompletableFuture<LossReason> lost = new CompletableFuture<>();

    /** Lines of the default format, or the client's. */
    public RecordingLines() {}

    /** Lines of this format. */
    public RecordingLines(LineFormat format) {
        super(format);
    }

    @Override
    protected void connectionMade() throws Exception {
        made.complete(connection());
        ready();
    }

    @Override
    protected void lineReceived(String line) throws Exception {
        lines.add(line);
    }

    @Override
    public void connectionLost(LossReason reason) throws Exception {
        lost.complete(reason);
    }

    /** The lines so far, and whatever else a test adds. */
    public final EventLog lines() {
        return lines;
    }

    /** Waits for so many lines. */
    public final List<String> awaitLines(int count) {
        return lines.awaitSize(count);
    }

    /** The connection, as soon as there is one and {@code super.connectionMade} was called. */
    public final Connection opened() throws Exception {
        return Waiting.await(made);
    }

    /** Why it was lost, as soon as it is. */
    public final LossReason awaitLost() throws Exception {
        return Waiting.await(lost);
    }

    /** Whether it is lost. */
    public final boolean isLost() {
        return lost.isDone();
    }

    /** What {@code sendLine} does, for a test's own thread. */
    public final boolean say(String line) {
        return sendLine(line);
    }

    /** The same with bytes. */
    public final boolean say(ByteBuffer line) {
        return sendLine(line);
    }

    /** What {@code ready} does, for a test's own thread. */
    public final void becomeReady() {
        ready();
    }

    /** What {@code finish} does, for a test's own thread. */
    public final void end() {
        finish();
    }
}
