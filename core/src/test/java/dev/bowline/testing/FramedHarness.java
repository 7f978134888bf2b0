package dev.bowline.testing;

import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.internal.connection.BatchPool;
import dev.bowline.internal.connection.ConnectionOwner;
import dev.bowline.internal.connection.LinkConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A protocol on a real connection over a fake link, for tests outside of the connection's own package. */
public final class FramedHarness implements ConnectionOwner {
    private final Protocol protocol;
    private final LinkConnection connection =
            new LinkConnection(this, new ManualClock(), new BatchPool(), ConnectOptions.DEFAULT);
    private final FakeLink link = new FakeLink(connection);
    private @Nullable LossReason reason;

    private FramedHarness(Protocol protocol) {
        this.protocol = protocol;
    }

    public static FramedHarness open(Protocol protocol) {
        FramedHarness harness = new FramedHarness(protocol);
        harness.connection.opened(harness.link);
        harness.link.runTasks();
        return harness;
    }

    public Connection connection() {
        return connection;
    }

    public FakeLink link() {
        return link;
    }

    /** Bytes arrive in one chunk; none if the text is empty. */
    public void receive(String bytes) {
        if (!bytes.isEmpty()) {
            link.receive(bytes);
        }
    }

    /** Runs something on the event side, outside of any callback of the protocol's. */
    public void run(Runnable task) {
        connection.execute(task);
        link.runTasks();
    }

    public void resume() {
        connection.resumeReading();
        link.runTasks();
    }

    public void endInput() {
        link.endInput();
    }

    /** Why the connection ended; it must have let go of its link. */
    public LossReason reason() {
        link.loseIfReleased();
        if (reason == null) {
            throw new AssertionError("the connection has not ended");
        }
        return reason;
    }

    @Override
    public Service opened(LinkConnection opened) {
        return new Service(protocol, null);
    }

    @Override
    public void openFailed(IOException cause) {
        throw new AssertionError(cause);
    }

    @Override
    public void lost(LossReport report) {
        reason = report.reason();
    }
}
