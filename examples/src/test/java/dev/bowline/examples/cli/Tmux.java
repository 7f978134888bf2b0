package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A real terminal, in which a command runs: tmux, with a server of its own, told what to do in control mode. There it says
 * whenever the terminal has got output, so that nothing has to be asked again and again.
 */
final class Tmux implements AutoCloseable {
    /** A test that waits for longer has failed; reading from a process can't be interrupted. */
    private static final long LIMIT_SECONDS = 90;

    private final String socket;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /** There was output since the screen was looked at. */
    private boolean changed;

    private Tmux(String socket, Process process) throws IOException {
        this.socket = socket;
        this.process = process;
        this.commands = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroy);
        readAnswer();
    }

    /** Runs a shell script in a terminal of 80 columns and 24 rows; skips the test where there is no tmux. */
    static Tmux start(Path directory, String script) throws IOException {
        boolean isThere = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(each -> Path.of(each, "tmux").toFile().canExecute());
        assumeThat(isThere).as("tmux is on the path").isTrue();
        String socket = directory.resolve("tmux").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "tmux", "-S", socket, "-f", "/dev/null", "-C", "-u", "new-session", "-x", "80", "-y", "24", script);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("TMUX");
        return new Tmux(socket, builder.redirectErrorStream(true).start());
    }

    /** Types text. */
    void type(String text) throws IOException {
        command("send-keys -l " + quote(text));
    }

    /** Presses a key: {@code Enter}, {@code C-c}, {@code Up}. */
    void press(String key) throws IOException {
        command("send-keys " + key);
    }

    /**
     * Pastes a file.
     *
     * @param marked whether as a terminal does that says what is pasted (bracketed paste)
     */
    void paste(Path file, boolean marked) throws IOException {
        command("load-buffer " + quote(file.toString()));
        command("paste-buffer" + (marked ? " -p" : ""));
    }

    void resize(int columns, int rows) throws IOException {
        command("refresh-client -C " + columns + "x" + rows);
    }

    /** Waits until it stands on the screen. */
    void await(String text) throws IOException {
        await("'" + text + "'", lines -> lines.stream().anyMatch(line -> line.contains(text)));
    }

    /** Waits until this is the last line that is not empty. */
    void awaitLast(String line) throws IOException {
        await("'" + line + "' as the last line", lines -> last(lines).equals(line));
    }

    /** Waits until the last line that is not empty ends in this; returns it. */
    String awaitLastEndingIn(String end) throws IOException {
        return last(await(
                "a last line with '" + end + "' at its end",
                lines -> last(lines).endsWith(end)));
    }

    private static String last(List<String> lines) {
        List<String> filled = lines.stream().filter(each -> !each.isBlank()).toList();
        return filled.isEmpty() ? "" : filled.get(filled.size() - 1);
    }

    /** The screen, and what has left it at the top as far as that is kept. */
    List<String> scrollback() throws IOException {
        return command("capture-pane -p -S -");
    }

    private List<String> await(String what, Predicate<List<String>> condition) throws IOException {
        List<String> screen = command("capture-pane -p");
        while (!condition.test(screen)) {
            while (!changed || answers.ready()) {
                String line = answers.readLine();
                if (line == null || line.startsWith("%exit")) {
                    throw new IOException("the terminal ended before it showed " + what + ": " + screen);
                }
                changed |= isChange(line);
            }
            changed = false;
            screen = command("capture-pane -p");
        }
        return screen;
    }

    private static boolean isChange(String line) {
        return line.startsWith("%output") || line.startsWith("%layout-change");
    }

    private List<String> command(String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
        return readAnswer();
    }

    private List<String> readAnswer() throws IOException {
        List<String> answer = new ArrayList<>();
        boolean begun = false;
        while (true) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("tmux ended: " + answer);
            }
            if (line.startsWith("%begin ")) {
                begun = true;
            } else if (line.startsWith("%end ")) {
                return answer;
            } else if (line.startsWith("%error ")) {
                throw new IOException("tmux refuses: " + answer);
            } else if (begun) {
                answer.add(line);
            } else {
                changed |= isChange(line);
            }
        }
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Ends the terminal and what runs in it. */
    @Override
    public void close() throws Exception {
        Process end = new ProcessBuilder("tmux", "-S", socket, "kill-server")
                .redirectErrorStream(true)
                .start();
        end.getInputStream().transferTo(OutputStream.nullOutputStream());
        end.waitFor();
        process.destroy();
    }
}
