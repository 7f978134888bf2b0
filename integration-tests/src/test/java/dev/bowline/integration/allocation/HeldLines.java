package dev.bowline.integration.allocation;

import dev.bowline.line.LineProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** Counts lines, allocates nothing for one, and can be held up: the connection's event side then stands still. */
final class HeldLines extends LineProtocol {
    private final CountDownLatch made = new CountDownLatch(1);
    private final boolean asStrings;

    /** How many are still to come, and who waits for them. Written while the event side is held up, then its own. */
    private int missing;

    private CountDownLatch complete = new CountDownLatch(0);

    /** Whether lines are wanted as Strings, or as bytes. */
    HeldLines(boolean asStrings) {
        this.asStrings = asStrings;
    }

    void awaitMade() throws InterruptedException {
        Waiting.await(made);
    }

    /** Holds up the connection, from when this returns until the gate is opened: its callbacks come one at a time. */
    CountDownLatch hold() throws InterruptedException {
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        connection().execute(() -> {
            standing.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.await(standing);
        return gate;
    }

    /** Ends the connection at once. */
    void abort() {
        connection().abort();
    }

    /** While it is held up. */
    void expect(int count) {
        missing = count;
        complete = new CountDownLatch(1);
    }

    void awaitExpected() throws InterruptedException {
        Waiting.await(complete);
    }

    @Override
    protected void connectionMade() {
        ready();
        made.countDown();
    }

    @Override
    protected void lineReceived(ByteBuffer line) throws Exception {
        if (asStrings) {
            super.lineReceived(line);
        } else {
            count();
        }
    }

    @Override
    protected void lineReceived(String line) {
        count();
    }

    private void count() {
        if (--missing == 0) {
            complete.countDown();
        }
    }
}
