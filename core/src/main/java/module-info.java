/**
 * Clients for line protocols over TCP: you write what one connection does, Bowline does the rest. It keeps messages until the
 * connection is ready, connects again when it is lost, sends each whole and in order, and tells you exactly which ones it could
 * not deliver.
 *
 * <pre>{@code
 * class Hello extends LineProtocol {
 *     @Override protected void connectionMade() { sendLine("A new connection has been made!"); ready(); }
 *     @Override protected void lineReceived(String line) {
 *         System.out.println("got " + line);
 *         if (line.equals("hello")) finish();              // ends the client
 *     }
 * }
 *
 * public class Main {
 *     public static void main(String[] args) throws Exception {
 *         try (LineClient client = LineClient.open("127.0.0.1:8001", Hello::new)) {
 *             client.send("hello");                        // waits in the queue until ready
 *             client.await(Duration.ofSeconds(10));        // until the protocol finishes
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>It takes one transport beside this module, {@code dev.bowline.transport.nio} for most; which one moves the bytes makes no
 * difference to what a protocol sees.
 *
 * <pre>
 *   your program              core: without IO, the same over every transport           a transport
 *
 *                 send      ┌──────────────┐  take  ┌───────────────────────┐  write   ┌──────┐
 *   any thread ───────────▶ │ MessageQueue │ ─────▶ │ Connection            │ ───────▶ │ Link │ ───▶
 *                           └──────────────┘        │   batches what goes   │          │      │       the
 *                 lines, frames or bytes            │   holds what comes    │ received │      │       server
 *   Protocol   ◀─────────────────────────────────── │   TLS, timeouts       │ ◀─────── │      │ ◀───
 *              ───────────────────────────────────▶ │   ends in good order  │          └──────┘
 *                 write, ready(), close()           └───────────────────────┘              ▲
 *                                                       ▲ one for each connection          │ opened by
 *                 makes a Protocol  ┌───────────┐       │                                  │
 *   Factory    ◀─────────────────── │ Connector │ ──────┴───────────────────────────── Engine
 *                 failed, lost      └───────────┘  resolves, races addresses, connects again
 * </pre>
 *
 * <h2>Where to begin</h2>
 *
 * <ul>
 *   <li>{@link dev.bowline.line.LineClient} and {@link dev.bowline.line.LineProtocol} for lines that wait for a connection;
 *       {@link dev.bowline.line.RequestProtocol} for requests and their replies; {@link dev.bowline.line.LineConnection} for a
 *       script that reads line by line.
 *   <li>{@link dev.bowline.framing.FramedProtocol} for messages that are no lines: netstrings, length prefixes, syslog.
 *   <li>{@link dev.bowline.Delivery}, {@link dev.bowline.Reconnect}, {@link dev.bowline.queue.MemoryQueue} and {@link
 *       dev.bowline.TlsOptions} for what a client does by default and can do otherwise.
 *   <li>{@link dev.bowline.Protocol}, {@link dev.bowline.ClientFactory} and {@link dev.bowline.Transport} for bytes, without a client.
 *   <li>{@link dev.bowline.spi} for who writes a transport.
 * </ul>
 *
 * <p>Rules in brackets, such as B3, are numbered in the documentation, and the tests that hold them carry the number.
 */
module dev.bowline {
    requires com.google.common;
    requires jdk.jfr;
    // Whoever compiles against core reads the annotations on its signatures; nobody needs them to run.
    requires static transitive org.jspecify;

    exports dev.bowline;
    exports dev.bowline.framing;
    exports dev.bowline.line;
    exports dev.bowline.queue;
    exports dev.bowline.spi;

    uses dev.bowline.spi.EngineProvider;
}
