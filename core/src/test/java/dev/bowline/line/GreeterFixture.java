package dev.bowline.line;

import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.testing.FakeEngine;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A client whose protocol greets, over an engine and a clock that a test controls. */
@Timeout(30)
abstract class GreeterFixture {
    static final Duration LIMIT = Duration.ofSeconds(10);

    final FakeEngine engine = new FakeEngine();
    final ManualClock clock = new ManualClock();
    final Transport transport =
            Transport.builder().engine(engine).scheduler(clock).open();
    final List<String> received = new ArrayList<>();

    /** What the protocol does with a line, besides. */
    Reaction reaction = (protocol, line) -> {};

    interface Reaction {
        void react(Greeter protocol, String line) throws Exception;
    }

    final class Greeter extends LineProtocol {
        @Override
        protected void connectionMade() {
            sendLine("hello");
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            received.add(line);
            if (line.equals("welcome")) {
                ready();
            } else if (line.equals("bye")) {
                finish();
            }
            reaction.react(this, line);
        }
    }

    final LineClient.Builder builder() {
        return LineClient.builder(Endpoint.parse("127.0.0.1:8001"), Greeter::new)
                .transport(transport)
                .reconnect(Reconnect.never());
    }

    static List<String> lines(DrainResult result) {
        return result.undelivered().messages().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).replace("\r\n", ""))
                .toList();
    }

    /** Lets the link end as the peer would, once the connection has begun to close. */
    static void letGo(FakeLink link) {
        link.runTasks();
        link.endInput();
        link.loseIfReleased();
    }

    @AfterEach
    void close() {
        transport.close();
    }
}
