package dev.bowline.integration.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Endpoint;
import dev.bowline.Transport;
import dev.bowline.integration.server.NetworkNamespace;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.server.UnavailableException;
import dev.bowline.integration.storm.StormLine.Mode;
import dev.bowline.integration.stress.Leaks;
import dev.bowline.integration.stress.Violations;
import dev.bowline.line.LineClient;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.contract.Contract;
import dev.bowline.testkit.contract.support.Waiting;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promises of delivery against the real thing: servers that are killed, suspended and started again, links that break in
 * every way. {@link StormSettings} says how to repeat one, and how to make it larger.
 */
public abstract class StormContract extends Contract {
    private static final int SECONDS = 5;
    private static final int MOST_MINUTES = 14;

    private Transport open() {
        return Transport.builder()
                .name(underTest().name())
                .engine(underTest().start(EngineOptions.DEFAULT))
                .open();
    }

    /** A storm over what a test has, and nothing of it is left: threads, descriptors, memory. */
    private void withstand(String what, ReferenceServer server, Run run) throws Exception {
        StormSettings settings = StormSettings.fromProperties(SECONDS);
        Violations violations = new Violations();
        warmUp(server);
        // Asks the container engine, whose client keeps a connection after such a question, as it will after the last
        // kill.
        String description = server.description();
        System.out.println(getClass().getSimpleName() + ", " + what + ", " + description + ": " + settings);
        Leaks before = new Leaks();
        run.run(settings, violations);
        before.check(violations);
        assertThat(violations.sentences())
                .as("%s on %s, %s", what, underTest().name(), settings)
                .isEmpty();
    }

    /** Does once what keeps something for later: libraries, log files, the buffer of a thread that reads a ledger. */
    private void warmUp(ReferenceServer server) throws Exception {
        System.getLogger("dev.bowline.integration.storm").log(Level.ERROR, "what follows is provoked at random");
        server.kill();
        server.restart();
        try (Transport transport = open();
                LineClient client = LineClient.builder(endpoint(server), () -> new StormProtocol(Mode.WRITTEN, false))
                        .transport(transport)
                        .open()) {
            client.send("warm");
            Waiting.await(client.flush());
        }
        assertThat(server.ledger()).isNotEmpty();
    }

    private static Endpoint endpoint(ReferenceServer server) {
        return new Endpoint.Tcp(server.host(), server.port());
    }

    /** In a method of its own: what a method once had in a variable may count as held until it returns. */
    private interface Run {
        void run(StormSettings settings, Violations violations) throws Exception;
    }

    @Test
    @Timeout(value = MOST_MINUTES, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void f3_linesSurviveAServerThatDiesAndALinkThatBreaksAsTheirModePromises() throws Exception {
        try (ReferenceServer server = ReferenceServer.open()) {
            withstand("server and link", server, (settings, violations) -> {
                try (FaultProxy proxy = FaultProxy.to(new InetSocketAddress(server.host(), server.port()));
                        Transport transport = open()) {
                    List<Trouble> troubles = List.of(new ServerTrouble(server), new LinkTrouble(proxy));
                    Storm.run(server, proxy.endpoint(), troubles, transport, settings, violations);
                }
            });
        }
    }

    @Test
    @Timeout(value = MOST_MINUTES, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void f3_linesSurviveANetworkThatDropsPacketsAsTheirModePromises() throws Exception {
        try (NetworkNamespace network = NetworkNamespace.open();
                ReferenceServer server = ReferenceServer.openIn(network)) {
            withstand("server and packets", server, (settings, violations) -> {
                try (Transport transport = open()) {
                    List<Trouble> troubles = List.of(new ServerTrouble(server), new PacketTrouble(network));
                    Storm.run(server, endpoint(server), troubles, transport, settings, violations);
                }
            });
        } catch (UnavailableException e) {
            Assumptions.abort(e.getMessage());
        }
    }
}
