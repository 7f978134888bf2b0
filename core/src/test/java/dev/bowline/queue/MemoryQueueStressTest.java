package dev.bowline.queue;

class MemoryQueueStressTest extends MessageQueueStressContract {
    @Override
    MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) {
        return MemoryQueueTest.memoryQueue(maxBytes, maxMessages, whenFull);
    }
}
