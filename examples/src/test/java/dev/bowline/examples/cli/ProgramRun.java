package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.examples.Bowline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/** What a run of the program came to. */
record ProgramRun(int exitCode, String out, String err) {
    static ProgramRun of(String... arguments) {
        return withInput(new byte[0], arguments);
    }

    static ProgramRun withInput(byte[] input, String... arguments) {
        return withInput(new ByteArrayInputStream(input), arguments);
    }

    static ProgramRun withInput(InputStream input, String... arguments) {
        return withErrors(input, new ByteArrayOutputStream(), arguments);
    }

    /** With an error stream whose test can see what is written when it is. */
    static ProgramRun withErrors(InputStream input, ByteArrayOutputStream err, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = Bowline.run(arguments, input, out, new PrintStream(err, true, UTF_8));
        return new ProgramRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    static ProgramRun withOutput(InputStream input, OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Bowline.run(arguments, input, out, new PrintStream(err, true, UTF_8));
        return new ProgramRun(exitCode, "", err.toString(UTF_8));
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    String lastErrLine() {
        List<String> lines = errLines();
        return lines.get(lines.size() - 1);
    }
}
