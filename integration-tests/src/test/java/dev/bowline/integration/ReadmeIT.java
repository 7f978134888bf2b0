package dev.bowline.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LineServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that README shows, compiled as it stands there and run against a server. */
class ReadmeIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theFifteenLinesCompileAndDoWhatTheySay(@TempDir Path directory) throws Exception {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(README));
        assertThat(block.find()).isTrue();
        try (LineServer server = LineServer.start(new InetSocketAddress("127.0.0.1", 0))) {
            String source = "import dev.bowline.line.LineClient;\nimport dev.bowline.line.LineProtocol;\n"
                    + "import java.time.Duration;\n"
                    + block.group(1).replace(":8001", ":" + server.address().getPort());
            String output = run(compile(directory, source));
            assertThat(output).isEqualTo("got A new connection has been made!\ngot hello\n");
        }
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
