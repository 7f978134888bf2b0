package dev.bowline.integration.allocation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/**
 * What the library's threads, and the one that asks, allocate from one moment to another, as the JVM counts it: to the byte, and
 * without what the asking takes. What a virtual thread allocates counts for the thread that carries it.
 */
final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long library;
    private final long own;

    private AllocationMeter() {
        library = ofTheLibrary();
        own = ofThisThread();
    }

    static boolean isPossible() {
        return THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled();
    }

    /** Begins; to be ended on the same thread. */
    static AllocationMeter start() {
        return new AllocationMeter();
    }

    /** The bytes since then. */
    long stop() {
        long ownNow = ofThisThread(); // first, for what follows allocates
        return ownNow - own + ofTheLibrary() - library;
    }

    private static long ofThisThread() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long ofTheLibrary() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && isTheLibrarys(thread.getThreadName())) {
                sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return sum;
    }

    private static boolean isTheLibrarys(String name) {
        return name.startsWith("bowline-") || name.startsWith("ForkJoinPool-");
    }
}
