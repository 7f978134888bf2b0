package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Gives up a server that has said nothing for five seconds. */
    static class Patient extends Hello {
        @Override
        protected void connectionMade() {
            var unused = connection().schedule(Duration.ofSeconds(5), connection()::abort);
        }
    }

    @Test
    void theExampleOfTheExactMoment() {
        try (MemoryTransport memory = MemoryTransport.open()) {
            MemoryServer server = memory.listen("silent.example:8001");
            LineClient.builder(server.endpoint(), Patient::new)
                    .transport(memory.transport())
                    .open();
            memory.run();
            MemoryPeer peer = server.accept();

            memory.advance(Duration.ofMillis(4_999));
            assertFalse(peer.wasReset());
            memory.advance(Duration.ofMillis(1)); // the protocol gives up after five seconds
            assertTrue(peer.wasReset());
        }
    }

    @Test
    void theExamplesThatArePrintedAreTheseWordForWord() throws Exception {
        String here = words(Files.readString(
                Path.of("src", "test", "java", "dev", "bowline", "testkit", "MemoryTransportExampleTest.java")));
        String javadoc =
                Files.readString(Path.of("src", "main", "java", "dev", "bowline", "testkit", "MemoryTransport.java"));
        Matcher example =
                Pattern.compile("<pre>\\{@code(.*?)\\}</pre>", Pattern.DOTALL).matcher(javadoc);
        assertTrue(example.find());
        assertTrue(here.contains(words(example.group(1).replaceAll("\n \\*", "\n"))), "the Javadoc differs");

        String page = Files.readString(Path.of("..", "docs", "testing.md"));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("memory."))
                .toList();
        assertEquals(2, blocks.size());
        for (String block : blocks) {
            assertTrue(here.contains(words(block)), "docs/testing.md differs: " + block);
        }
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
