package dev.bowline.integration.storm;

import dev.bowline.integration.stress.Violations;
import java.lang.management.ManagementFactory;

/** What lives on the heap, over what lived there at the beginning. */
final class HeapWatch {
    /** Queues, buffers and what a test notes; a queue without a bound, or a list of all lines, is more in a long run. */
    private static final long MOST = 24 << 20;

    private final Violations violations;
    private final long before = live();
    private long most;

    HeapWatch(Violations violations) {
        this.violations = violations;
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** From one thread at a time. */
    void check() {
        long more = live() - before;
        most = Math.max(most, more);
        if (more > MOST) {
            violations.add("E2: " + more + " bytes more than before live on the heap");
        }
    }

    @Override
    public String toString() {
        return most / 1_000 + " kB";
    }
}
