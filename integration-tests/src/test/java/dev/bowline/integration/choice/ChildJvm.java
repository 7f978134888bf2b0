package dev.bowline.integration.choice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Transport;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs {@link Probe} in a JVM that has core, its libraries, and what a test adds; on the class path or the module path. */
final class ChildJvm {
    private static final String GUAVA = "com.google.common.collect.ImmutableList";
    private static final String GUAVA_FUTURES =
            "com.google.common.util.concurrent.internal.InternalFutureFailureAccess";
    private static final String JSPECIFY = "org.jspecify.annotations.NullMarked";
    private static final List<String> NETTY = List.of(
            "io.netty.buffer.ByteBuf",
            "io.netty.channel.Channel",
            "io.netty.resolver.AddressResolver",
            "io.netty.util.concurrent.Future");

    /** The folder that holds the class of the probe alone, and what tests put beside it. */
    private final Path folder;

    private final Set<String> paths = new LinkedHashSet<>();
    private final List<String> extraFolders = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private boolean modular;

    ChildJvm(Path folder) throws IOException {
        this.folder = folder;
        for (String name : List.of(GUAVA, GUAVA_FUTURES, JSPECIFY, Transport.class.getName())) {
            paths.add(placeOf(name));
        }
        for (String type : List.of("Probe", "Probe$Echoed")) {
            copyClass(Probe.class.getPackageName().replace('.', '/') + "/" + type + ".class");
        }
    }

    /** Where a class was loaded from: a jar, or the folder of a module that is not packaged yet. */
    private static String placeOf(String className) {
        try {
            Class<?> type = Class.forName(className, false, ChildJvm.class.getClassLoader());
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(className + " is not on the class path of the tests", e);
        }
    }

    private void copyClass(String resource) throws IOException {
        Path target = folder.resolve("probe").resolve(resource);
        Files.createDirectories(target.getParent());
        try (InputStream in = ChildJvm.class.getClassLoader().getResourceAsStream(resource)) {
            Files.write(target, in.readAllBytes());
        }
    }

    /** Adds a transport and what it needs. */
    ChildJvm with(String transport) {
        String capitalized = transport.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + transport.substring(1);
        paths.add(placeOf("dev.bowline.transport." + transport + "." + capitalized + "EngineProvider"));
        if (transport.equals("netty")) {
            NETTY.forEach(type -> paths.add(placeOf(type)));
        }
        return this;
    }

    /** Adds a folder that says that these classes provide engines. */
    ChildJvm withProviders(String... classNames) throws IOException {
        Path extra = Files.createDirectories(folder.resolve("extra"));
        Path services = Files.createDirectories(extra.resolve("META-INF/services"));
        Files.write(services.resolve("dev.bowline.spi.EngineProvider"), Arrays.asList(classNames));
        for (String name : classNames) {
            String resource = name.replace('.', '/') + ".class";
            if (ChildJvm.class.getClassLoader().getResource(resource) != null) {
                copyClass(resource);
            }
        }
        extraFolders.add(extra.toString());
        return this;
    }

    /** Uses the module path. */
    ChildJvm modular() {
        modular = true;
        return this;
    }

    ChildJvm option(String option) {
        options.add(option);
        return this;
    }

    /** Runs the probe and returns what it printed, one line each. */
    List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        List<String> classPath = new ArrayList<>(extraFolders);
        classPath.add(folder.resolve("probe").toString());
        if (modular) {
            command.addAll(List.of("--module-path", join(paths), "--add-modules", "dev.bowline"));
        } else {
            classPath.addAll(paths);
        }
        command.addAll(List.of("-cp", join(classPath), Probe.class.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        child.getOutputStream().close();
        List<String> lines =
                new String(child.getInputStream().readAllBytes(), UTF_8).lines().toList();
        if (child.waitFor() != 0) {
            throw new AssertionError("exit " + child.exitValue() + ": " + errors());
        }
        return lines;
    }

    /** What the last run printed to its standard error. */
    String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private static String join(Iterable<String> paths) {
        return String.join(File.pathSeparator, paths);
    }
}
