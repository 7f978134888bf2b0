package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.Cancellable;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the SPI says of attempts. */
class MemoryOpeningTest {
    private final MemoryBench bench = new MemoryBench();
    private final MemoryProbe probe = new MemoryProbe();

    @Test
    void openOnlyBegins() {
        bench.begin(probe, bench.server.address());
        assertThat(probe.log()).isEmpty();
        assertThat(bench.server.hasCaller()).isFalse();
        assertThat(bench.steps.step()).isTrue();
        assertThat(probe.log()).containsExactly("opened");
        assertThat(bench.server.hasCaller()).isTrue();
        assertThat(bench.steps.step()).isFalse();
    }

    @Test
    void a2_whereNobodyListensTheAttemptIsRefused() {
        bench.begin(probe, MemoryBench.loopback(9));
        bench.steps.run();
        assertThat(probe.log()).containsExactly("openFailed");
        assertThat(probe.cause()).isInstanceOf(ConnectException.class).hasMessage("Connection refused");
    }

    @Test
    void a2_anAddressThatCannotBeConnectedIsOpenFailedAndNotThrown() throws Exception {
        bench.begin(probe, InetSocketAddress.createUnresolved("nowhere.example", 1));
        bench.steps.run();
        assertThat(probe.cause()).isInstanceOf(UnknownHostException.class);

        MemoryProbe strange = new MemoryProbe();
        bench.begin(strange, new SocketAddress() {});
        bench.steps.run();
        assertThat(strange.cause()).isInstanceOf(SocketException.class);

        MemoryProbe group = new MemoryProbe();
        bench.begin(group, new InetSocketAddress(InetAddress.getByName("224.0.0.1"), 1));
        bench.steps.run();
        assertThat(group.cause()).hasMessage("Network is unreachable").isNotInstanceOf(ConnectException.class);
    }

    @Test
    void a2_aServerThatDoesNotAnswerLeavesTheAttemptHangingUntilItDoes() {
        bench.server.answering(false);
        bench.begin(probe, bench.server.address());
        bench.steps.run();
        assertThat(probe.log()).isEmpty();
        bench.server.answering(true);
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened");
    }

    @Test
    void a2_anAttemptThatHangsIsRefusedWhenItsServerEnds() {
        bench.server.answering(false);
        bench.begin(probe, bench.server.address());
        bench.steps.run();
        bench.server.close();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("openFailed");
        assertThat(probe.cause()).isInstanceOf(ConnectException.class);
    }

    @Test
    void a2_anAttemptCancelledWhileItHangsIsOpenFailedOnce() {
        bench.server.answering(false);
        Cancellable attempt = bench.begin(probe, bench.server.address());
        bench.steps.run();
        attempt.cancel();
        assertThat(probe.log()).isEmpty();
        attempt.cancel();
        bench.server.answering(true);
        bench.steps.run();
        assertThat(probe.log()).containsExactly("openFailed");
        assertThat(bench.server.hasCaller()).isFalse();
    }

    @Test
    void a2_anAttemptCancelledAtOnceConnectsToNobody() {
        bench.begin(probe, bench.server.address()).cancel();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("openFailed");
        assertThat(bench.server.hasCaller()).isFalse();
    }

    @Test
    void cancellingAfterOpenedDoesNothing() {
        Cancellable attempt = bench.begin(probe, bench.server.address());
        bench.steps.run();
        attempt.cancel();
        bench.server.accept().send("still here");
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "received still here");
    }

    @Test
    void theAddressesAreThoseThatThePeerSees() {
        bench.open(probe);
        MemoryPeer peer = bench.server.accept();
        assertThat(probe.link().remoteAddress())
                .isEqualTo(bench.server.address())
                .isEqualTo(peer.localAddress());
        assertThat(probe.link().localAddress())
                .isEqualTo(MemoryBench.loopback(49152))
                .isEqualTo(peer.remoteAddress());
        MemoryProbe second = bench.open();
        assertThat(second.link().localAddress()).isEqualTo(MemoryBench.loopback(49153));
    }

    @Test
    void aUnixDomainAddressIsOneMoreAddress() {
        SocketAddress path = UnixDomainSocketAddress.of(Path.of("/run/no such file"));
        MemoryProbe early = bench.open(new MemoryProbe(), path);
        assertThat(early.cause()).isInstanceOf(SocketException.class).hasMessage("No such file or directory");
        bench.network.listen(path, "").close();
        // The file stays where its server has gone.
        assertThat(bench.open(new MemoryProbe(), path).cause()).isInstanceOf(ConnectException.class);
        MemoryServer server = bench.network.listen(path, "");
        bench.begin(probe, path);
        bench.steps.run();
        assertThat(probe.link().remoteAddress()).isEqualTo(path);
        assertThat(probe.link().localAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
        server.accept().send("through a file that is none");
        bench.steps.run();
        assertThat(probe.text()).isEqualTo("through a file that is none");
    }

    @Test
    void aServerThatClosesRefusesNewAttemptsResetsWhomNobodyAcceptedAndKeepsTheRest() {
        MemoryProbe accepted = bench.open();
        MemoryPeer peer = bench.server.accept();
        bench.open(probe);
        bench.server.close();
        bench.steps.run();
        assertThat(probe.log()).containsExactly("opened", "closed");
        MemoryProbe late = new MemoryProbe();
        bench.begin(late, bench.server.address());
        peer.send("still here");
        bench.steps.run();
        assertThat(late.log()).containsExactly("openFailed");
        assertThat(accepted.text()).isEqualTo("still here");
    }

    @Test
    void anAddressIsListenedAtOnceAndAgainWhenItIsFree() {
        int port = ((InetSocketAddress) bench.server.address()).getPort();
        assertThatIllegalArgumentException().isThrownBy(() -> bench.listen(port));
        assertThat(bench.listen(0).address()).isNotEqualTo(bench.server.address());
        bench.server.close();
        MemoryServer second = bench.listen(port);
        bench.server.close();
        bench.begin(probe, second.address());
        bench.steps.run();
        assertThat(second.hasCaller()).isTrue();
    }

    @Test
    void whoAcceptsBeforeAnybodyHasConnectedIsToldSo() {
        bench.begin(probe, bench.server.address());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(bench.server::accept)
                .withMessageContaining("nobody has connected");
    }

    @Test
    void aClosedEngineOpensNothing() {
        bench.engine.close();
        assertThatIllegalStateException().isThrownBy(() -> bench.begin(probe, bench.server.address()));
    }
}
