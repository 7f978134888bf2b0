package dev.bowline.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which transport is taken, as programs see it that have this or that artifact: each runs in a JVM of its own. */
@Timeout(120)
class TransportChoiceIT {
    private static final String PROBE = """
            import dev.bowline.Transport;

            class Probe {
                public static void main(String[] name) {
                    try (Transport transport = name.length == 0 ? Transport.open() : Transport.open(name[0])) {
                        System.out.println("opened " + transport.name());
                    } catch (IllegalStateException | IllegalArgumentException e) {
                        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
                    }
                }
            }
            """;

    private static final String BROKEN = """
            import dev.bowline.spi.Engine;
            import dev.bowline.spi.EngineOptions;
            import dev.bowline.spi.EngineProvider;

            public class Broken implements EngineProvider {
                public Broken() { throw new IllegalStateException("broken on purpose"); }
                public String name() { return "broken"; }
                public int priority() { return 99; }
                public Engine create(EngineOptions options) { return null; }
            }
            """;

    private static final String NONE = "no usable transport on the class path or module path; add one of the artifacts "
            + "dev.bowline:bowline-transport-netty, dev.bowline:bowline-transport-nio, dev.bowline:bowline-transport-blocking";

    private static final List<String> CORE = List.of("core", "guava", "failureaccess", "jspecify");
    private static final List<String> ALL = List.of("netty", "transport-nio", "transport-blocking");

    @TempDir
    private Path directory;

    @BeforeEach
    void writeTheProbe() throws IOException {
        Files.writeString(directory.resolve("Probe.java"), PROBE);
    }

    /** Entries of this JVM's class path: Bowline's modules by their directory's name, libraries by their jar's. */
    private static String path(List<String> wanted) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> found = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> wanted.stream().anyMatch(name -> isOf(Path.of(entry), name)))
                .toList();
        assertThat(found).as("%s among %s", wanted, all).hasSizeGreaterThanOrEqualTo(wanted.size());
        return String.join(File.pathSeparator, found);
    }

    private static boolean isOf(Path entry, String name) {
        String file = entry.getFileName().toString();
        if (name.equals("netty") && file.startsWith("netty-")) {
            return true;
        }
        boolean built = entry.getParent() != null && entry.getParent().endsWith("target");
        String module = name.equals("netty") ? "transport-netty" : name;
        return built
                ? entry.getParent().getParent().getFileName().toString().equals(module)
                : file.startsWith(name + "-") && !name.equals("core");
    }

    private static List<String> coreAnd(List<String> more) {
        List<String> both = new ArrayList<>(CORE);
        both.addAll(more);
        return both;
    }

    private String onClassPath(List<String> artifacts, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("-cp", path(coreAnd(artifacts)) + File.pathSeparator + directory));
        command.addAll(0, Arrays.asList(options));
        return run(command);
    }

    private String onModulePath(List<String> artifacts) throws Exception {
        return run(List.of("--module-path", path(coreAnd(artifacts)), "--add-modules", "dev.bowline"));
    }

    private String run(List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.add(directory.resolve("Probe.java").toString());
        command.addAll(Arrays.asList(arguments));
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).as(Files.readString(errors)).isNotEmpty();
        return output;
    }

    @Test
    void withNoneTheErrorNamesTheThreeArtifacts() throws Exception {
        assertThat(onClassPath(List.of())).isEqualTo("IllegalStateException: " + NONE);
        assertThat(onModulePath(List.of())).isEqualTo("IllegalStateException: " + NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty", "transport-nio", "transport-blocking"})
    void oneArtifactIsEnoughOnEitherPath(String artifact) throws Exception {
        String opened = "opened " + artifact.replace("transport-", "");
        assertThat(onClassPath(List.of(artifact))).isEqualTo(opened);
        assertThat(onModulePath(List.of(artifact))).isEqualTo(opened);
    }

    @Test
    void nettyIsTakenBeforeNioBeforeBlocking() throws Exception {
        assertThat(onClassPath(ALL)).isEqualTo("opened netty");
        assertThat(onModulePath(ALL)).isEqualTo("opened netty");
        assertThat(onClassPath(List.of("transport-nio", "transport-blocking"))).isEqualTo("opened nio");
    }

    @Test
    void theSystemPropertyOverrides() throws Exception {
        assertThat(onClassPath(ALL, "-Dbowline.transport=blocking")).isEqualTo("opened blocking");
        assertThat(onClassPath(ALL, "-Dbowline.transport=bogus"))
                .isEqualTo("IllegalArgumentException: there is no transport 'bogus' (from -Dbowline.transport); "
                        + "present are: netty, nio, blocking");
    }

    @Test
    void anUnknownNameIsAnErrorThatListsThoseFound() throws Exception {
        assertThat(run(List.of("-cp", path(coreAnd(ALL))), "bogus"))
                .isEqualTo(
                        "IllegalArgumentException: there is no transport 'bogus'; present are: netty, nio, blocking");
        assertThat(run(List.of("-cp", path(CORE)), "nio"))
                .isEqualTo("IllegalArgumentException: there is no transport 'nio': " + NONE);
    }

    @Test
    void aProviderThatFailsToLoadDoesNotTakeTheOthersDown() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.bowline.spi.EngineProvider"), "no.such.Provider\nBroken\n");
        Path source = Files.writeString(directory.resolve("Broken.java"), BROKEN);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", path(CORE), "-d", directory.toString(), source.toString());
        assertThat(status).isZero();
        assertThat(onClassPath(List.of("transport-nio"))).isEqualTo("opened nio");
        assertThat(Files.readString(directory.resolve("errors")))
                .contains("no.such.Provider")
                .contains("Broken could not be loaded and is left out")
                .contains("broken on purpose");
    }

    @Test
    void nettysProviderWithoutNettyIsLeftOut() throws Exception {
        String withoutNetty = Arrays.stream(path(coreAnd(ALL)).split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("netty-"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(run(List.of("-cp", withoutNetty))).isEqualTo("opened nio");
    }
}
