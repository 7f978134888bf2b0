package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the Javadoc and of docs/testing.md, word for word. */
class MemoryTransportExampleTest {
    static class Hello extends LineProtocol {
        @Override
        protected void connectionMade() {
            sendLine("A new connection has been made!");
            ready();
        }

        @Override
        protected void lineReceived(String line) {
            if (line.equals("hello")) {
                finish();
            }
        }
    }

    @Test
    void theExampleOfTheJavadoc() throws Exception {
        try (MemoryTransport memory = MemoryTransport.open()) {
            MemoryServer server = memory.listen("greeter.example:8001");
            LineClient client = LineClient.builder(server.endpoint(), Hello::new)
                    .transport(memory.transport())
                    .open();
            client.send("hello");
            memory.run(); // connects, greets, sends

            MemoryPeer peer = server.accept();
            assertEquals(List.of("A new connection has been made!", "hello"), peer.readLines());
            memory.chunkSize(1); // now it gets its input byte by byte
            peer.send("hello\r\n");
            memory.run(); // Hello calls finish()

            assertTrue(peer.hasEnded());
            peer.close();
            memory.run();
            assertTrue(client.await(Duration.ZERO));
        }
    }
}
