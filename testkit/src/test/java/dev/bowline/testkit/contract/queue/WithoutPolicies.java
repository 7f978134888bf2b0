package dev.bowline.testkit.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;
import java.util.Map;

/** Contracts of queues that have not got all policies, for {@link LackingPoliciesTest} to run. */
final class WithoutPolicies {
    private WithoutPolicies() {}

    /** It fails if it is opened with another policy than the one that it has. */
    interface OnlyFails extends OnMemoryQueue {
        @Override
        default MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) {
            assertThat(whenFull).isEqualTo(WhenFull.FAIL);
            return OnMemoryQueue.super.open(maxBytes, maxMessages, whenFull);
        }

        @Override
        default Map<WhenFull, String> lacking() {
            return Map.of(
                    WhenFull.WAIT, "nobody waits for a disk",
                    WhenFull.DROP_OLDEST, "what was written stays",
                    WhenFull.DROP_NEWEST, "nobody asked for it");
        }
    }

    interface HasNoPolicy extends OnMemoryQueue {
        @Override
        default Map<WhenFull, String> lacking() {
            return Map.of(
                    WhenFull.WAIT, "no",
                    WhenFull.FAIL, "no",
                    WhenFull.DROP_OLDEST, "no",
                    WhenFull.DROP_NEWEST, "no");
        }
    }

    static class Waits extends WaitingContract implements OnlyFails {}

    static class Drops extends DropContract implements OnlyFails {}

    static class Seal extends SealContract implements OnlyFails {}

    static class HasNone extends OrderContract implements HasNoPolicy {}
}
