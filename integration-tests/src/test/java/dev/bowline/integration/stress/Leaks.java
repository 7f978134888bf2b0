package dev.bowline.integration.stress;

import dev.bowline.testkit.contract.support.BowlineThreads;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a run may leave behind: threads, descriptors, memory outside the heap. Measured before it, compared after it. */
public final class Leaks {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<String> threads;
    private final List<String> descriptors;
    private final long directBytes;

    /** Measures now; once before, for what measuring itself opens and keeps. */
    public Leaks() throws IOException {
        threads = BowlineThreads.of("");
        System.gc();
        descriptors = descriptors();
        directBytes = directBytes();
    }

    /** Compares; waits for what takes a moment to be gone. */
    public void check(Violations violations) throws IOException {
        if (!within(() -> newThreads().isEmpty())) {
            violations.add("threads are left: " + newThreads());
        }
        if (!within(() -> descriptors().size() <= descriptors.size())) {
            List<String> left = descriptors();
            descriptors.forEach(left::remove);
            violations.add("descriptors are left: " + left);
        }
        if (!within(() -> directBytes() <= directBytes)) {
            violations.add("memory outside the heap is left: " + directBytes() + " bytes, and " + directBytes
                    + " before the run");
        }
    }

    /** A server that the run needs may have threads of its own. */
    private List<String> newThreads() {
        List<String> left = new ArrayList<>(BowlineThreads.of(""));
        left.removeAll(threads);
        return left;
    }

    private interface Wish {
        boolean isFulfilled() throws IOException;
    }

    /** The collector is asked along the way: it is what frees a buffer that nobody holds. */
    private static boolean within(Wish wish) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!wish.isFulfilled()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            System.gc();
        }
        return true;
    }

    /** What they are open for; empty where the system does not tell. */
    private static List<String> descriptors() throws IOException {
        List<String> open = new ArrayList<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
                for (Path each : all) {
                    open.add(targetOf(each));
                }
            }
        }
        return open;
    }

    private static String targetOf(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "closed";
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
