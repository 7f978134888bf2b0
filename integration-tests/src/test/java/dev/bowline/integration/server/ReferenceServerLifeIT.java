package dev.bowline.integration.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.server.NetworkNamespace.Way;
import dev.bowline.integration.server.ReferenceServer.Kind;
import dev.bowline.integration.server.ReferenceServer.Suspension;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starting, killing and choosing a reference server. */
final class ReferenceServerLifeIT {
    @ParameterizedTest
    @EnumSource
    void aKilledServerKeepsItsLedgerAndItsPortAndGoesOnCounting(Kind kind) throws IOException {
        try (ReferenceServer server = openOrSkip(kind)) {
            int before;
            try (ScriptClient client = new ScriptClient(server)) {
                client.send("before", "!ledger");
                client.expect("before");
                before = client.expectLedger("before", "!ledger");
                server.kill();
                client.expectEndOrReset();
                assertThatThrownBy(() -> new ScriptClient(server)).isInstanceOf(ConnectException.class);
            }
            assertThat(server.ledger()).extracting(LedgerEntry::line).containsExactly("before", "!ledger");

            server.restart();
            try (ScriptClient client = new ScriptClient(server)) {
                client.send("after", "!ledger");
                client.expect("after");
                assertThat(client.expectLedger("after", "!ledger")).isEqualTo(before + 1);
            }
            assertThat(server.ledger())
                    .extracting(LedgerEntry::line)
                    .containsExactly("before", "!ledger", "after", "!ledger");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsToldToEndDoesAndStartsAgain(Kind kind) throws IOException {
        try (ReferenceServer server = openOrSkip(kind)) {
            try (ScriptClient client = new ScriptClient(server)) {
                client.send("before");
                client.expect("before");
                server.terminate();
                client.expectEndOrReset();
                assertThatThrownBy(() -> new ScriptClient(server)).isInstanceOf(ConnectException.class);
            }
            server.restart();
            try (ScriptClient client = new ScriptClient(server)) {
                client.send("after");
                client.expect("after");
            }
            assertThat(server.ledger()).extracting(LedgerEntry::line).containsExactly("before", "after");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSuspendedServerDoesNothingUntilItIsResumed(Kind kind) throws IOException {
        try (ReferenceServer server = openOrSkip(kind)) {
            for (Suspension how : server.suspensions()) {
                try (ScriptClient client = new ScriptClient(server)) {
                    client.send("before");
                    client.expect("before");
                    server.suspend(how);
                    client.send("meanwhile");
                    try (ScriptClient other = new ScriptClient(server)) {
                        other.send("meanwhile, too");
                        other.expectNothing();
                        client.expectNothing();
                        server.resume();
                        other.expect("meanwhile, too");
                    }
                    client.expect("meanwhile");
                }
            }
        }
    }

    @Test
    void aNamespaceDropsPacketsEachWayAlone() throws IOException {
        try (NetworkNamespace network = NetworkNamespace.open();
                ReferenceServer server = ReferenceServer.openIn(network);
                ScriptClient client = new ScriptClient(server)) {
            client.send("before");
            client.expect("before");

            network.drop(Way.TO_CLIENT, 1);
            client.send("heard but not answered");
            await().until(() -> server.ledger().size() == 2);
            client.expectNothing();
            network.pass();
            client.expect("heard but not answered");

            network.drop(Way.TO_SERVER, 1);
            client.send("late");
            client.expectNothing();
            assertThat(server.ledger()).hasSize(2);
            network.pass();
            client.expect("late");
        } catch (UnavailableException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedServerLeavesNothing(Kind kind) {
        ReferenceServer server = openOrSkip(kind);
        server.close();
        server.close();
        assertThat(Files.exists(server.directory.path())).isFalse();
        assertThatThrownBy(() -> new ScriptClient(server)).isInstanceOf(ConnectException.class);
    }

    @Test
    void oneMayInsistOnAForm() {
        try (ReferenceServer server = Choice.make("embedded").server()) {
            assertThat(server.kind()).isEqualTo(Kind.EMBEDDED);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> Choice.make("telnet"))
                .withMessage("-Dreference.server=telnet is none of container, process and embedded.");
    }

    private static ReferenceServer openOrSkip(Kind kind) {
        try {
            return ReferenceServer.open(kind);
        } catch (UnavailableException e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
