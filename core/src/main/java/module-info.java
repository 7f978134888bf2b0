/** Protocols, factories, framing, the message queue and the client that stays connected, over any engine. */
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
