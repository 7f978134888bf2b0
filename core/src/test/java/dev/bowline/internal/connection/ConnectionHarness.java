package dev.bowline.internal.connection;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.FramedHarness;
import dev.bowline.testing.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection over a fake link, with the clock and the owner that a test looks at. */
final class ConnectionHarness implements ConnectionOwner {
    final ManualClock clock = new ManualClock();
    final List<LossReport> reports = new ArrayList<>();
    final LinkConnection connection;
    final FakeLink link;
    private final @Nullable Protocol protocol;
    private final @Nullable OutboundSource source;

    private ConnectionHarness(@Nullable Protocol protocol, @Nullable OutboundSource source, ConnectOptions options) {
        this.protocol = protocol;
        this.source = source;
        this.connection =
                new LinkConnection(this, Endpoint.parse("127.0.0.1:8001"), FramedHarness.resources(clock), options);
        this.link = new FakeLink(connection.handler());
    }

    /** With timers that a test moves the clock past. */
    static ConnectionHarness timed(Protocol protocol, ConnectOptions options) {
        return new ConnectionHarness(protocol, null, options).begin();
    }

    private ConnectionHarness begin() {
        link.open();
        return this;
    }

    static ConnectionHarness open(Protocol protocol) {
        return open(protocol, null);
    }

    static ConnectionHarness open(Protocol protocol, @Nullable OutboundSource source) {
        return new ConnectionHarness(protocol, source, ConnectOptions.DEFAULT).begin();
    }

    static ConnectionHarness unwanted() {
        ConnectionHarness harness = new ConnectionHarness(null, null, ConnectOptions.DEFAULT);
        harness.link.open();
        return harness;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What another thread does to the connection: a task of it, run when the test lets it. */
    boolean write(String text) {
        boolean taken = connection.write(bytes(text));
        link.runTasks();
        return taken;
    }

    void close() {
        connection.close();
        link.runTasks();
    }

    void abort() {
        connection.abort();
        link.runTasks();
    }

    @Override
    public @Nullable Service opened(LinkConnection opened) {
        return protocol == null ? null : new Service(protocol, source, reports::add);
    }

    @Override
    public void openFailed(IOException cause) {
        throw new AssertionError(cause);
    }
}
