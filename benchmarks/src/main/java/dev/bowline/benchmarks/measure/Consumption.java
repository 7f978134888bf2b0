package dev.bowline.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM has used so far. */
final class Consumption {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Consumption() {}

    /** All that the threads that are alive have allocated, to the byte. What a virtual thread allocates counts for its carrier. */
    static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /** Of all cores together, in this process and in the system on its behalf. */
    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
