package dev.bowline.integration.storm;

import dev.bowline.line.LineProtocol;

/**
 * Greets, and confirms a line for each that comes back. Some are ready at once, so that lines follow a greeting into the
 * void; others only when the greeting has come back.
 */
final class StormProtocol extends LineProtocol {
    private final String greeting;
    private final boolean waitsForAnswer;

    StormProtocol(StormLine.Mode mode, boolean waitsForAnswer) {
        this.greeting = StormLine.greeting(mode).text();
        this.waitsForAnswer = waitsForAnswer;
    }

    @Override
    protected void connectionMade() {
        sendLine(greeting);
        if (!waitsForAnswer) {
            ready();
        }
    }

    @Override
    protected void lineReceived(String line) {
        if (line.equals(greeting)) {
            ready();
        } else {
            confirm(1);
        }
    }
}
