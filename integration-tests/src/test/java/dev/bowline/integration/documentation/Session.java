package dev.bowline.integration.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell for the commands of a page, as its reader has one open: they share variables, a directory, and what runs in the
 * background. Standard output and standard error come as one, as on a terminal; standard input is empty.
 */
final class Session implements AutoCloseable {
    /**
     * Behind what a command printed, wherever that ends. A shell writes each line at once and whole, and no line of this one's
     * can come apart: what runs in the background prints before or behind it.
     */
    private static final Pattern OVER = Pattern.compile("\001over: (\\d+)\n");

    /**
     * What a command came to.
     *
     * @param exitCode that of the shell for one in the background: 0
     */
    record Outcome(int exitCode, String printed) {}

    private final Process shell;
    private final Writer input;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    /** What was printed since the last command began. Guarded by the lock. */
    private final StringBuilder printed = new StringBuilder();

    /** The shell has ended. Guarded by the lock. */
    private boolean ended;

    Session(Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("LC_ALL", "C.UTF-8", "TERM", "dumb", "JAVA_HOME", System.getProperty("java.home")));
        shell = builder.start();
        input = shell.outputWriter(UTF_8);
        Thread reader = new Thread(this::read, "page-shell");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        char[] some = new char[8192];
        try (Reader output = new InputStreamReader(shell.getInputStream(), UTF_8)) {
            for (int count = output.read(some); count >= 0; count = output.read(some)) {
                append(some, count);
            }
        } catch (IOException closed) {
            // As an end.
        }
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void append(char[] some, int count) {
        lock.lock();
        try {
            printed.append(some, 0, count);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a command.
     *
     * @param lines how many lines it should print: for one in the background, which has no end, these are awaited
     */
    Outcome run(String command, boolean inTheBackground, long lines) throws IOException, InterruptedException {
        lock.lock();
        try {
            printed.setLength(0);
        } finally {
            lock.unlock();
        }
        // "$?" is that of the command before, as it would be at a prompt.
        input.write("(exit ${status:-0}); {\n" + command
                + "\n} </dev/null; status=$?; printf '\\001over: %s\\n' $status\n");
        input.flush();
        return await(inTheBackground ? lines : 0);
    }

    private Outcome await(long lines) throws InterruptedException {
        long left = Processes.LIMIT.toNanos();
        lock.lock();
        try {
            while (true) {
                Matcher over = OVER.matcher(printed);
                boolean isOver = over.find();
                String text = isOver ? printed.substring(0, over.start()) + printed.substring(over.end()) : "";
                if (isOver && (text.lines().count() >= lines || left <= 0 || ended)) {
                    return new Outcome(Integer.parseInt(over.group(1)), text);
                }
                if (ended || left <= 0) {
                    return new Outcome(-1, printed + (ended ? "(the shell has ended)" : "(and then nothing)"));
                }
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the shell, and what it left in the background. */
    @Override
    public void close() throws IOException {
        shell.descendants().forEach(ProcessHandle::destroy);
        try {
            input.close();
            shell.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }
}
