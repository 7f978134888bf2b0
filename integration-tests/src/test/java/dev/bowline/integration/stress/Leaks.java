package dev.bowline.integration.stress;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a run may leave behind: threads, descriptors, memory outside the heap. Measured before it, compared after it. */
final class Leaks {
    private static final Pattern VIRTUAL = Pattern.compile("^#\\d+ \"(bowline-[^\"]*)\" virtual", Pattern.MULTILINE);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<String> descriptors;
    private final long directBytes;

    /** Measures now; once before, for what measuring itself opens and keeps. */
    Leaks() throws IOException {
        var unused = bowlineThreads();
        System.gc();
        descriptors = descriptors();
        directBytes = directBytes();
    }

    /** Compares; waits for what takes a moment to be gone. */
    void check(Violations violations) throws IOException {
        if (!within(() -> bowlineThreads().isEmpty())) {
            violations.add("threads are left: " + bowlineThreads());
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

    private static List<String> bowlineThreads() {
        Stream<String> platform = Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
        return Stream.concat(platform.filter(name -> name.startsWith("bowline-")), virtual())
                .sorted()
                .toList();
    }

    /** Only a thread dump of Java 21 or newer knows virtual threads. */
    private static Stream<String> virtual() {
        if (Runtime.version().feature() < 21) {
            return Stream.of();
        }
        try {
            Path folder = Files.createTempDirectory("bowline-chaos");
            Path dump = folder.resolve("dump");
            try {
                dumpThreads(dump);
                return VIRTUAL
                        .matcher(Files.readString(dump))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .toList()
                        .stream();
            } finally {
                Files.deleteIfExists(dump);
                Files.delete(folder);
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("no thread dump could be had", e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void dumpThreads(Path file) throws ReflectiveOperationException {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Class<? extends Enum> format =
                (Class<? extends Enum>) Class.forName(HotSpotDiagnosticMXBean.class.getName() + "$ThreadDumpFormat");
        Method dump = HotSpotDiagnosticMXBean.class.getMethod("dumpThreads", String.class, format);
        dump.invoke(bean, file.toString(), Enum.valueOf(format, "TEXT_PLAIN"));
    }
}
