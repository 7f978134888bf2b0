/**
 * What tests of protocols, of transports and of message queues are made of.
 *
 * <pre>{@code
 * @Test
 * void itGreets() {
 *     try (MemoryTransport memory = MemoryTransport.open()) {
 *         MemoryServer server = memory.listen("greeter.example:8001");
 *         LineClient.builder(server.endpoint(), Hello::new).transport(memory.transport()).open();
 *         memory.run();
 *         assertEquals("A new connection has been made!", server.accept().readLine());
 *     }
 * }
 * }</pre>
 */
module dev.bowline.testkit {
    requires transitive dev.bowline;
    // Only the contract suite needs these; who extends it has them.
    requires static transitive org.junit.jupiter.api;
    requires static org.junit.jupiter.params;
    requires static org.junit.platform.launcher;
    requires static org.assertj.core;
    requires static com.google.gson;
    // Threads of the transport under test, and what the library logs.
    requires static java.logging;
    requires static java.management;

    exports dev.bowline.testkit;
    exports dev.bowline.testkit.contract;
    exports dev.bowline.testkit.contract.engine;
    exports dev.bowline.testkit.contract.queue;
    exports dev.bowline.testkit.contract.subject;

    // JUnit calls test methods that are not public.
    opens dev.bowline.testkit.contract;
    opens dev.bowline.testkit.contract.engine;
    opens dev.bowline.testkit.contract.queue;
    opens dev.bowline.testkit.contract.subject;

    uses dev.bowline.spi.EngineProvider;

    provides org.junit.platform.launcher.TestExecutionListener with
            dev.bowline.testkit.contract.rules.RuleTableListener;
}
