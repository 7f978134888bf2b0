package dev.bowline.integration.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.examples.Bowline;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** What a run of {@code bowline example} came to. */
record ExampleRun(int exitCode, String out, String err) {
    static ExampleRun of(String name, String... arguments) {
        return of(Stream.concat(Stream.of(name), Stream.of(arguments)).toList());
    }

    static ExampleRun of(List<String> words) {
        String[] command = Stream.concat(Stream.of("example"), words.stream()).toArray(String[]::new);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Bowline.run(command, InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8));
        return new ExampleRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** One that did what it was asked to, and printed these lines. */
    static ExampleRun good(String... lines) {
        return new ExampleRun(0, Stream.of(lines).map(line -> line + "\n").reduce("", String::concat), "");
    }

    /** One that failed at run time, with a sentence. */
    static ExampleRun failed(String sentence) {
        return new ExampleRun(1, "", "bowline: " + sentence + "\n");
    }
}
