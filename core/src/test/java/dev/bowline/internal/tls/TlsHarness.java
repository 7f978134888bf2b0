package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.TlsException;
import dev.bowline.internal.connection.ConnectionOwner;
import dev.bowline.internal.connection.LinkConnection;
import dev.bowline.internal.connection.OutboundSource;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.FramedHarness;
import dev.bowline.testing.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One protected connection over a fake link, with a peer of its own at the other end; the test carries the bytes. */
final class TlsHarness implements ConnectionOwner {
    static final Duration LIMIT = Duration.ofSeconds(10);

    final ManualClock clock = new ManualClock();
    final TlsPeer peer;
    final LinkConnection connection;
    final FakeLink link;
    final List<LossReport> reports = new ArrayList<>();
    final List<IOException> failures = new ArrayList<>();

    /** What a test that asked for TLS was given. */
    CompletableFuture<Void> secured = new CompletableFuture<>();

    private final Protocol protocol;
    private final @Nullable OutboundSource source;

    /** So much of what the link took is with the peer. */
    private int carried;

    private TlsHarness(
            @Nullable Handshake handshake, Executor tasks, Protocol protocol, @Nullable OutboundSource source) {
        this.protocol = protocol;
        this.source = source;
        this.peer = new TlsPeer(TestTls.server());
        this.connection = new LinkConnection(
                this, new Endpoint.Tls("localhost", 1), FramedHarness.resources(clock, tasks), ConnectOptions.DEFAULT);
        this.link = new FakeLink(handshake == null ? connection.handler() : connection.handler(handshake, () -> true));
    }

    /** A connection in the clear, which knows its peer as localhost. */
    static TlsHarness clear(Protocol protocol, @Nullable OutboundSource source) throws Exception {
        TlsHarness harness = new TlsHarness(null, Runnable::run, protocol, source);
        harness.link.open();
        return harness;
    }

    /** The link is there, and the handshake begins. */
    static TlsHarness begun(String version, Protocol protocol) throws Exception {
        return begun(version, protocol, null);
    }

    /** The same in front of a queue. */
    static TlsHarness begun(String version, Protocol protocol, @Nullable OutboundSource source) throws Exception {
        TlsHarness harness = new TlsHarness(TestTls.handshake(version), Runnable::run, protocol, source);
        harness.link.open();
        return harness;
    }

    /** The same with a handshake of the test's own, and where what takes long is done. */
    static TlsHarness begun(Handshake handshake, Executor tasks, Protocol protocol) {
        TlsHarness harness = new TlsHarness(handshake, tasks, protocol, null);
        harness.link.open();
        return harness;
    }

    /** The handshake is over. */
    static TlsHarness open(String version, Protocol protocol) throws Exception {
        TlsHarness harness = begun(version, protocol);
        harness.carry();
        return harness;
    }

    /** Carries what either has to say until both are silent. */
    void carry() throws SSLException {
        carry(Integer.MAX_VALUE);
    }

    /** The same, with what the peer says cut into chunks of so many bytes. */
    void carry(int chunk) throws SSLException {
        byte[] toClient = carryToPeer();
        while (toClient.length > 0) {
            receive(toClient, chunk);
            toClient = carryToPeer();
        }
    }

    /** What the client has said goes to the peer; returns what that says. */
    byte[] carryToPeer() throws SSLException {
        peer.hear(takeFromLink());
        return peer.take();
    }

    /** What the link took since this was called last. */
    byte[] takeFromLink() {
        byte[] all = link.taken().getBytes(ISO_8859_1);
        byte[] fresh = Arrays.copyOfRange(all, carried, all.length);
        carried = all.length;
        return fresh;
    }

    /** Bytes arrive, in chunks of so many. */
    void receive(byte[] bytes, int chunk) {
        for (int at = 0; at < bytes.length; ) {
            int end = (int) Math.min(bytes.length, (long) at + chunk);
            link.receive(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    void write(String text) {
        connection.write(bytes(text));
        link.runTasks();
    }

    TlsException failure() {
        if (failures.size() != 1 || !(failures.get(0) instanceof TlsException failure)) {
            throw new AssertionError("one TLS failure was expected, not " + failures);
        }
        return failure;
    }

    @Override
    public Service opened(LinkConnection opened) {
        return new Service(protocol, source, reports::add);
    }

    @Override
    public void openFailed(IOException cause) {
        failures.add(cause);
    }
}
