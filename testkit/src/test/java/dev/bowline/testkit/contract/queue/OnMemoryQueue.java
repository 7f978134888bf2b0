package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;

/** Says that the queue in memory is meant. */
interface OnMemoryQueue extends QueueSubject {
    @Override
    default MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) {
        return MemoryQueue.builder()
                .maxBytes(maxBytes)
                .maxMessages(maxMessages)
                .whenFull(whenFull)
                .build();
    }
}
