package dev.bowline.benchmarks.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that answers in lines, and does not outlive this object. */
final class Child implements AutoCloseable {
    private static final String END = "(it ended)";
    private static final int END_SECONDS = 5;

    private final Process process;
    private final OutputStream in;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    Child(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        Thread reader = new Thread(this::read, "answers of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                answers.add(line);
            }
        } catch (IOException killed) {
            // its end is told below
        }
        answers.add(END);
    }

    void say(String line) throws IOException {
        in.write((line + "\n").getBytes(UTF_8));
        in.flush();
    }

    /** The next line of its output. */
    String answer(Duration limit) throws IOException, InterruptedException {
        String answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new IOException("no answer within " + limit.toSeconds() + " s");
        }
        if (answer.equals(END)) {
            throw new IOException("the process ended without an answer");
        }
        return answer;
    }

    @Override
    public void close() {
        // Nothing of what these processes hold needs a good end, and a kernel frees their sockets at once.
        process.destroyForcibly();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
