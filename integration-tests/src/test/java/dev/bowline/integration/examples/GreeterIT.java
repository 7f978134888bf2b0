package dev.bowline.integration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.clients.Greeter;
import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.server.ReferenceServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreeterIT {
    private final ReferenceServer server = ReferenceServer.shared();

    @Test
    void whatThePageShowsIsWhatComesOut() throws Exception {
        DocumentedRun.of("greeter").comesTrue(Map.of("127.0.0.1:8001", server.host() + ":" + server.port()));
    }

    @Test
    void theServerGetsTheGreetingFirstThenTheMessagesInOrder() {
        List<String> lines = List.of(Greeter.GREETING, "the greeter's first", "", "grüße");
        assertThat(ExampleRun.of(
                        "greeter", server.host() + ":" + server.port(), lines.get(1), lines.get(2), lines.get(3)))
                .isEqualTo(ExampleRun.good(lines.toArray(new String[0])));
        List<LedgerEntry> ledger = server.ledger();
        int connection = ledger.stream()
                .filter(entry -> entry.line().equals(lines.get(1)))
                .findFirst()
                .orElseThrow()
                .connection();
        assertThat(ledger)
                .filteredOn(entry -> entry.connection() == connection)
                .extracting(LedgerEntry::line)
                .isEqualTo(lines);
    }

    @Test
    void aServerThatEndsTooSoonIsAFailure() {
        assertThat(ExampleRun.of("greeter", server.host() + ":" + server.port(), "x", "!close"))
                .isEqualTo(new ExampleRun(1, Greeter.GREETING + "\nx\n", "bowline: 1 of 3 answers did not come\n"));
    }
}
