package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;
import java.io.IOException;
import java.util.Map;

/**
 * What every contract class of this package asks for: the queue that it is held against. A queue says so once, in an
 * interface of its own that its test classes mix in:
 *
 * <pre>{@code
 * interface OnDisk extends QueueSubject {
 *     @Override
 *     default MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) throws IOException {
 *         return DiskQueue.open(Files.createTempDirectory("queue"), maxBytes, maxMessages, whenFull);
 *     }
 * }
 *
 * class DiskOrderContractTest extends OrderContract implements OnDisk {}
 *
 * class DiskSealContractTest extends SealContract implements OnDisk {}
 * }</pre>
 */
public interface QueueSubject {
    /**
     * A new, empty queue; the test that asked for it closes it. What a message counts against the bound depends on its
     * length and on the policy alone, and is the same whenever it is added.
     *
     * @param maxBytes the most bytes inside, overhead included
     * @param maxMessages the most messages inside; {@link Long#MAX_VALUE} for any number
     * @param whenFull one that is not {@link #lacking}
     * @return which the test closes
     * @throws IOException if there can be none
     */
    MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) throws IOException;

    /**
     * The policies that the queue has not got, each with the reason: their tests are left out, and the report gives the
     * reason. None by default. One policy has to remain; no rule but E3 is all about one.
     *
     * @return by policy, why it is not there
     */
    default Map<WhenFull, String> lacking() {
        return Map.of();
    }

    /**
     * {@return how many messages the stress contract sends at a time: 32,000; fewer for a queue that takes its time
     * for each}
     */
    default int stressMessages() {
        return 32_000;
    }
}
