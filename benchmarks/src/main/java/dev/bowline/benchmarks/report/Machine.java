package dev.bowline.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and with what was measured.
 *
 * @param libraries version by artifact
 */
public record Machine(
        String date, String processor, int cores, String system, String java, Map<String, String> libraries) {
    private static final Pattern JAR = Pattern.compile(
            "(netty-transport|reactor-netty-core|vertx-core|mina-core|spring-integration-ip)-(\\d[^/]*)\\.jar");

    private static final Pattern FEATURE = Pattern.compile("\\d+");

    /** This machine, with the JDK at that place. */
    public static Machine describe(Path javaHome) throws IOException {
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                value(Path.of("/proc/cpuinfo"), "model name\\s*:\\s*", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                value(javaHome.resolve("release"), "JAVA_VERSION=", "unknown").replace("\"", ""),
                versions());
    }

    private static String value(Path file, String name, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        Pattern line = Pattern.compile(name + "(.*)");
        return Files.readAllLines(file).stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst()
                .orElse(otherwise);
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        Matcher jars = JAR.matcher(System.getProperty("java.class.path"));
        while (jars.find()) {
            versions.put(jars.group(1), jars.group(2));
        }
        return versions;
    }

    /** The number before the first dot of its Java; this JVM's if it can't be told. */
    public int javaFeature() {
        Matcher number = FEATURE.matcher(java);
        return number.lookingAt()
                ? Integer.parseInt(number.group())
                : Runtime.version().feature();
    }

    /** In one line. */
    public String sentence() {
        return processor + ", " + cores + " cores, " + system + ", Java " + java + ", " + libraries;
    }
}
