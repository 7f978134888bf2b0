package dev.bowline.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A program that a page of the documentation shows: compiled as it stands there, and run.
 *
 * @param source what stands in the page, without imports
 */
record DocumentedProgram(String source) {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** The port that pages write. */
    private static final String PORT = ":8001";

    /** All Java of a page, from the root of the project, in order. */
    static List<DocumentedProgram> allOf(String page) throws IOException {
        return JAVA_BLOCK
                .matcher(Files.readString(Path.of("..", page)))
                .results()
                .map((MatchResult block) -> new DocumentedProgram(block.group(1)))
                .toList();
    }

    /** What it prints when it connects to this port instead of the one it names. */
    String run(Path directory, int port, String... imports) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String imported : imports) {
            text.append("import ").append(imported).append(";\n");
        }
        return run(
                compile(directory, text.append(source.replace(PORT, ":" + port)).toString()));
    }

    private static Path compile(Path directory, String source) throws Exception {
        Path file = Files.writeString(directory.resolve("Main.java"), source);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status =
                javac.run(null, messages, messages, "-d", directory.toString(), "-cp", classPath(), file.toString());
        assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        return directory;
    }

    private static String classPath() {
        // A forked test JVM may have a jar on its class path that only names the others.
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String run(Path classes) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            loader.loadClass("Main").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
