package dev.bowline.testkit.contract;

import dev.bowline.testkit.contract.support.RecordingLines;

/** Greets, answers {@code ping}, and obeys {@code ready}, {@code bye}, {@code finish} and {@code throw}. */
class Greeting extends RecordingLines {
    @Override
    protected void connectionMade() {
        sendLine("hello");
    }

    @Override
    protected void lineReceived(String line) throws Exception {
        switch (line) {
            case "ping" -> sendLine("pong");
            case "ready" -> ready();
            case "bye" -> {
                sendLine("bye");
                close();
            }
            case "finish" -> finish();
            case "throw" -> throw new IllegalStateException("thrown by the test");
            default -> super.lineReceived(line);
        }
    }
}
