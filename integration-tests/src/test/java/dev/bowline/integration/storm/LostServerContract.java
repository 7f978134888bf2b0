package dev.bowline.integration.storm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.storm.StormLine.Mode;
import dev.bowline.integration.stress.Violations;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.Contract;
import dev.bowline.testkit.contract.support.Waiting;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are of little use, or of none any more. */
public abstract class LostServerContract extends Contract {
    private static final int LINES = 100;
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    private Transport.Builder transport() {
        return Transport.builder().name(underTest().name()).engine(underTest().start(EngineOptions.DEFAULT));
    }

    @Test
    void f3_aServerThatStopsAnsweringAndResetsAfterEveryThousandLinesGetsAllInOrderInTheEnd() throws Exception {
        Violations violations = new Violations();
        try (GrudgingServer server = new GrudgingServer();
                Transport transport = transport().open();
                StormClient client = new StormClient(
                        Mode.CONFIRMED,
                        new Endpoint.Tcp("127.0.0.1", server.port()),
                        transport,
                        20 * GrudgingServer.LINES,
                        new SplittableRandom(1),
                        violations)) {
            client.permitAll();
            client.finish();
            client.check(server.ledger());
            assertThat(violations.sentences()).isEmpty();
            assertThat(client.losses()).isGreaterThanOrEqualTo(20);
        }
    }

    /** Confirms each line that comes back, and tells of the last of the first ones. */
    private static final class Echoes extends LineProtocol {
        private final CompletableFuture<Void> firstOnes;
        private int count;

        private Echoes(CompletableFuture<Void> firstOnes) {
            this.firstOnes = firstOnes;
        }

        @Override
        protected void connectionMade() {
            ready();
        }

        @Override
        protected void lineReceived(String line) {
            confirm(1);
            if (++count == LINES) {
                firstOnes.complete(null);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void f2_afterThreeAttemptsInVainTheClientFailsAndHandsBackWhatIsLeftInOrder(Mode mode) throws Exception {
        ReferenceServer server = ReferenceServer.shared();
        ManualClock clock = new ManualClock();
        CompletableFuture<Void> echoed = new CompletableFuture<>();
        CompletableFuture<Void> lost = new CompletableFuture<>();
        List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
        try (FaultProxy proxy = FaultProxy.to(new InetSocketAddress(server.host(), server.port()));
                Transport transport = transport().scheduler(clock).open();
                LineClient client = LineClient.builder(proxy.endpoint(), () -> new Echoes(echoed))
                        .transport(transport)
                        .delivery(mode == Mode.CONFIRMED ? Delivery.confirmed() : Delivery.written())
                        .reconnect(Reconnect.fixed(DELAY).withMaxAttempts(ATTEMPTS))
                        .observer(event -> {
                            if (event instanceof ClientEvent.Connecting connecting) {
                                attempts.add(connecting.attempt());
                            } else if (event instanceof ClientEvent.Lost) {
                                lost.complete(null);
                            }
                        })
                        .open()) {
            sendAll(client, "before");
            Waiting.await(echoed);
            proxy.kill();
            Waiting.await(lost);
            List<String> after = sendAll(client, "after");
            for (int i = 0; i < ATTEMPTS; i++) {
                clock.awaitTimer(DELAY);
                clock.advance(DELAY);
            }
            DrainResult result = Waiting.await(client.drain(DELAY));
            assertThat(result.delivered()).isEqualTo(LINES);
            assertThat(result.uncertain()).isEqualTo(Leftover.NONE);
            assertThat(result.undelivered().messages().stream()
                            .map(message -> new String(message, UTF_8))
                            .toList())
                    .isEqualTo(after);
            assertThat(attempts).containsExactly(1, 1, 2, 3);
            assertThatThrownBy(() -> client.await(Duration.ZERO))
                    .isInstanceOf(ClientFailedException.class)
                    .hasMessageContaining("gave up after 3 attempts")
                    .hasMessageEndingWith(LINES + " messages undelivered");
        }
    }

    /** Returns them as they go onto the wire. */
    private static List<String> sendAll(LineClient client, String word) throws InterruptedException {
        for (int i = 0; i < LINES; i++) {
            client.send(word + " " + i);
        }
        return IntStream.range(0, LINES).mapToObj(i -> word + " " + i + "\r\n").toList();
    }
}
