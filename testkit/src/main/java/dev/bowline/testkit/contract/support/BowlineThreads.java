package dev.bowline.testkit.contract.support;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** The threads of a transport, by their names; virtual ones too, where the JVM has them. */
public final class BowlineThreads {
    private static final Pattern VIRTUAL = Pattern.compile("^#\\d+ \"(bowline-[^\"]*)\" virtual", Pattern.MULTILINE);

    private BowlineThreads() {}

    /** The names of those that live now. */
    public static List<String> of(String transport) {
        String prefix = "bowline-" + transport;
        Stream<String> platform = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix));
        Stream<String> virtual = virtual().filter(name -> name.startsWith(prefix));
        return Stream.concat(platform, virtual).sorted().toList();
    }

    /** Waits until none is left: a thread whose work is done takes a moment to be gone. */
    public static void awaitNone(String transport) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        List<String> left = of(transport);
        while (!left.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("threads were left behind: " + left);
            }
            Thread.onSpinWait();
            left = of(transport);
        }
    }

    /** Only a thread dump of Java 21 or newer knows them. */
    private static Stream<String> virtual() {
        if (Runtime.version().feature() < 21) {
            return Stream.of();
        }
        try {
            Path folder = Files.createTempDirectory("bowline-threads");
            Path dump = folder.resolve("dump");
            try {
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                                "dumpThreads",
                                new Object[] {dump.toString(), "TEXT_PLAIN"},
                                new String[] {"java.lang.String", "java.lang.String"});
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
        } catch (JMException | IOException e) {
            throw new IllegalStateException("no thread dump could be had", e);
        }
    }
}
