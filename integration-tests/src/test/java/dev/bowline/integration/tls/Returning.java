package dev.bowline.integration.tls;

import dev.bowline.LossReason;
import dev.bowline.testkit.contract.support.RecordingLines;

/** Says a word and, when that was answered, has the server end the connection; its client comes back then. */
final class Returning extends RecordingLines {
    /** So many are enough to see what happens from one to the next. */
    static final int CONNECTIONS = 4;

    private final RecordingLines log;
    private final String last;

    /**
     * The protocol of one connection.
     *
     * @param log hears of its end
     * @param last what has the server end it
     */
    Returning(RecordingLines log, String last) {
        this.log = log;
        this.last = last;
    }

    @Override
    protected void connectionMade() {
        sendLine("abc");
    }

    @Override
    protected void lineReceived(String line) {
        sendLine(last);
    }

    @Override
    public void connectionLost(LossReason reason) {
        log.lines().add("lost: " + reason.describe());
    }
}
