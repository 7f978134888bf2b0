package dev.bowline.testing;

import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.Scheduler;
import dev.bowline.internal.connection.BatchPool;
import dev.bowline.internal.connection.ConnectionOwner;
import dev.bowline.internal.connection.LinkConnection;
import dev.bowline.internal.connection.Resources;
import dev.bowline.internal.tls.TlsResources;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A protocol on a real connection over a fake link, for tests outside of the connection's own package. */
public final class FramedHarness implements ConnectionOwner {
    private final Protocol protocol;
    private final ManualClock clock = new ManualClock();
    private final LinkConnection connection =
            new LinkConnection(this, Endpoint.parse("127.0.0.1:8001"), resources(clock), ConnectOptions.DEFAULT);
    private final FakeLink link = new FakeLink(connection.handler());
    private @Nullable LossReason reason;

    private FramedHarness(Protocol protocol) {
        this.protocol = protocol;
    }

    /** What a connection needs of a transport, with a test's clock; what takes long is done at once. */
    public static Resources resources(Scheduler clock) {
        return resources(clock, Runnable::run);
    }

    /** The same, and what takes long is done by this. */
    public static Resources resources(Scheduler clock, Executor tasks) {
        return new Resources(clock, new BatchPool(), new TlsResources(clock, tasks));
    }

    public static FramedHarness open(Protocol protocol) {
        FramedHarness harness = new FramedHarness(protocol);
        harness.link.open();
        return harness;
    }

    public Connection connection() {
        return connection;
    }

    public ManualClock clock() {
        return clock;
    }

    /** Time passes; timers that become due run. */
    public void advance(Duration by) {
        clock.advance(by);
        link.runTasks();
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
        return new Service(protocol, null, report -> reason = report.reason());
    }

    @Override
    public void openFailed(IOException cause) {
        throw new AssertionError(cause);
    }
}
