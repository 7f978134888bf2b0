package dev.bowline.integration.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.integration.server.PythonWithTwisted;
import dev.bowline.testkit.ScriptedServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs programs of a page, each in a process of its own, against the page's server or one that keeps to a conversation. */
final class Programs {
    /** Makes a program ready for these ports. */
    private interface Preparation {
        /** Returns how to start it. */
        List<String> prepare(Ports ports) throws IOException, Sources.RefusedException;
    }

    private final Workplace place;

    Programs(Workplace place) {
        this.place = place;
    }

    /**
     * Java.
     *
     * @param statements of its {@code main}; null where the page shows that
     * @param conversation to be had; null with the page's server
     * @param expected what the page says that it prints
     * @return what went wrong, as a clause
     * @throws IllegalArgumentException if there is something in the conversation that is none
     */
    Optional<String> runJava(
            Sources sources, JavaBlock.@Nullable Statements statements, @Nullable String conversation, String expected)
            throws IOException, InterruptedException, Sources.RefusedException {
        return run(conversation, expected, ports -> {
            Path classes = sources.compile(statements, ports);
            return List.of(
                    Processes.java(),
                    // The one that README tells to take.
                    "-Dbowline.transport=nio",
                    "-cp",
                    classes + File.pathSeparator + Processes.classPath(),
                    Sources.MAIN);
        });
    }

    /** Python, with Twisted; see {@link #runJava}. */
    Optional<String> runPython(PythonWithTwisted python, String source, @Nullable String conversation, String expected)
            throws IOException, InterruptedException, Sources.RefusedException {
        return run(conversation, expected, ports -> {
            Path file = Files.createTempFile(place.directory(), "page", ".py");
            Files.writeString(file, ports.here(source), UTF_8);
            return List.of(python.executable().toString(), file.toString());
        });
    }

    private Optional<String> run(@Nullable String conversation, String expected, Preparation preparation)
            throws IOException, InterruptedException, Sources.RefusedException {
        if (conversation == null) {
            return run(place.ports(), expected, preparation);
        }
        ScriptedServer server = Conversation.script(conversation).open();
        try {
            Optional<String> problem = run(place.ports().withServer(server.port()), expected, preparation);
            server.verify();
            return problem;
        } catch (AssertionError mismatch) {
            return Optional.of("has another conversation: " + mismatch.getMessage());
        } finally {
            server.close();
        }
    }

    private Optional<String> run(Ports ports, String expected, Preparation preparation)
            throws IOException, InterruptedException, Sources.RefusedException {
        Processes.Outcome outcome = Processes.run(place.directory(), preparation.prepare(ports));
        if (outcome.exitCode() != 0) {
            return Optional.of("ends with exit code " + outcome.exitCode() + ": " + ports.onThePage(outcome.err()));
        }
        return Expected.difference(expected, ports.onThePage(outcome.out()))
                .map(difference -> "prints something else: " + difference);
    }
}
