package dev.bowline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.examples.cli.ProcessSurroundings;
import dev.bowline.examples.cli.Program;
import dev.bowline.examples.cli.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** The {@code bowline} program: a line-protocol client, and a server to try it on, at the shell. */
public final class Bowline {
    private Bowline() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * <p>What is printed is UTF-8 in every locale, so that a line comes out as the bytes that came in. The JVM can't tell
     * whether standard error is a terminal: {@code -Dbowline.columns} says how wide it is, and by that that it is one.
     */
    public static void main(String[] args) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        Surroundings surroundings = new ProcessSurroundings(Integer.getInteger("bowline.columns", 0));
        System.exit(Program.run(args, System.in, new FileOutputStream(FileDescriptor.out), err, surroundings));
    }

    /**
     * Runs a command inside this JVM, whose logging is left as it was found.
     *
     * @param out should not buffer: the program does, and flushes when a user would want to see something
     * @return 0 done, 1 failed or something was left undelivered, 2 wrong arguments
     */
    public static int run(String[] args, InputStream in, OutputStream out, PrintStream err) {
        return Program.runInside(args, in, out, err);
    }
}
