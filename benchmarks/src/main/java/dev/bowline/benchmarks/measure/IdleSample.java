package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.Contender;
import dev.bowline.benchmarks.contender.Remote;
import dev.bowline.benchmarks.contender.Session;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a connection costs on which nothing happens: heap after a collection, and memory of the process. */
final class IdleSample {
    /** These come before the first look: what is there once for all is not counted. */
    private static final int FIRST_ONES = 20;

    private static final int SETTLE_MILLIS = 200;
    private static final int COLLECTIONS = 3;

    private IdleSample() {}

    static Map<Metric, Double> take(Contender contender, Remote remote, Workload workload) throws Exception {
        List<Session> sessions = new ArrayList<>(FIRST_ONES + workload.connections());
        Tally nobody = new Tally();
        for (int n = 0; n < FIRST_ONES; n++) {
            sessions.add(contender.connectIdle(remote, nobody));
        }
        long heapBefore = heapInUse();
        long residentBefore = resident();
        for (int n = 0; n < workload.connections(); n++) {
            sessions.add(contender.connectIdle(remote, nobody));
        }
        long heapAfter = heapInUse();
        long residentAfter = resident();
        Map<Metric, Double> sample = new EnumMap<>(Metric.class);
        sample.put(Metric.HEAP_BYTES, (heapAfter - heapBefore) / (double) workload.connections());
        sample.put(Metric.RESIDENT_BYTES, (residentAfter - residentBefore) / (double) workload.connections());
        for (Session session : sessions) {
            session.close();
        }
        return sample;
    }

    private static long heapInUse() throws InterruptedException {
        for (int n = 0; n < COLLECTIONS; n++) {
            Thread.sleep(SETTLE_MILLIS);
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Pages of this process that are in memory; 0 where the system does not say. */
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
