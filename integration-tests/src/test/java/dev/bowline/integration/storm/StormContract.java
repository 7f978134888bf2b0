package dev.bowline.integration.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Endpoint;
import dev.bowline.Transport;
import dev.bowline.integration.server.NetworkNamespace;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.server.UnavailableException;
import dev.bowline.integration.stress.Leaks;
import dev.bowline.integration.stress.Violations;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.contract.Contract;
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
    private static final int SECONDS = 6;
    private static final int MOST_MINUTES = 14;

    private final Violations violations = new Violations();

    private Transport open() {
        return Transport.builder()
                .name(underTest().name())
                .engine(underTest().start(EngineOptions.DEFAULT))
                .open();
    }

    private StormSettings announce(String what, ReferenceServer server) {
        StormSettings settings = StormSettings.fromProperties(SECONDS);
        System.out.println(getClass().getSimpleName() + ", " + what + ", " + server.description() + ": " + settings);
        return settings;
    }

    private void checkNothingIsWrong(Leaks before) throws Exception {
        before.check(violations);
        assertThat(violations.sentences())
                .as("in a storm on %s", underTest().name())
                .isEmpty();
    }

    @Test
    @Timeout(value = MOST_MINUTES, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void f3_linesSurviveAServerThatDiesAndALinkThatBreaksAsTheirModePromises() throws Exception {
        try (ReferenceServer server = ReferenceServer.open()) {
            StormSettings settings = announce("server and link", server);
            Leaks before = new Leaks();
            try (FaultProxy proxy = FaultProxy.to(new InetSocketAddress(server.host(), server.port()));
                    Transport transport = open()) {
                Storm.run(
                        server,
                        proxy.endpoint(),
                        List.of(new ServerTrouble(server), new LinkTrouble(proxy)),
                        transport,
                        settings,
                        violations);
            }
            checkNothingIsWrong(before);
        }
    }

    @Test
    @Timeout(value = MOST_MINUTES, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void f3_linesSurviveANetworkThatDropsPacketsAsTheirModePromises() throws Exception {
        try (NetworkNamespace network = NetworkNamespace.open();
                ReferenceServer server = ReferenceServer.openIn(network)) {
            StormSettings settings = announce("server and packets", server);
            Leaks before = new Leaks();
            try (Transport transport = open()) {
                Storm.run(
                        server,
                        new Endpoint.Tcp(server.host(), server.port()),
                        List.of(new ServerTrouble(server), new PacketTrouble(network)),
                        transport,
                        settings,
                        violations);
            }
            checkNothingIsWrong(before);
        } catch (UnavailableException e) {
            Assumptions.abort(e.getMessage());
        }
    }
}
