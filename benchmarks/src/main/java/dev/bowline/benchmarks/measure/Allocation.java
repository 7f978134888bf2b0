package dev.bowline.benchmarks.measure;

import java.lang.management.ManagementFactory;

/** How much all threads of this JVM have allocated, to the byte. What a virtual thread allocates counts for its carrier. */
final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** By the threads that are alive. */
    static long bytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
