package dev.bowline.testkit.contract;

import dev.bowline.Connection;
import dev.bowline.testkit.contract.support.RecordingLines;
import java.net.ProtocolException;

/**
 * Does what the peer's lines say: {@code ready}, {@code ready 3}, {@code ok 2} (confirms two messages), {@code say} (sends
 * the line {@code own}), {@code close}, {@code throw}, {@code finish}, {@code fail}.
 */
class Obedient extends RecordingLines {
    @Override
    protected void connectionMade() {}

    @Override
    protected void lineReceived(String line) throws Exception {
        String[] words = line.split(" ", -1);
        int count = words.length == 1 ? 0 : Integer.parseInt(words[1]);
        switch (words[0]) {
            case "ready" -> permit(count);
            case "ok" -> confirm(count);
            case "say" -> sendLine("own");
            case "close" -> close();
            case "finish" -> finish();
            case "fail" -> fail(new ProtocolException("told to fail"));
            case "throw" -> throw new IllegalStateException("thrown by the test");
            default -> super.lineReceived(line);
        }
    }

    final Connection link() {
        return connection();
    }

    private void permit(int count) {
        if (count == 0) {
            ready();
        } else {
            ready(count);
        }
    }
}
