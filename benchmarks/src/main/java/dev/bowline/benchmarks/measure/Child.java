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

/** A process that answers in lines, all of which begin with a mark, and does not outlive this object. */
final class Child implements AutoCloseable {
    private static final String END = "(it ended)";
    private static final int END_SECONDS = 5;

    /** They end with their input; what has not by then is killed. */
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

    /** What answers begin with: a JVM says other things there, too, when it is told to record its flight, say. */
    private static final String MARK = "= ";

    /** For a child: a line that is an answer. */
    static String mark(String answer) {
        return MARK + answer;
    }

    private void read() {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(MARK)) {
                    answers.add(line.substring(MARK.length()));
                }
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

    /** The next line of its output that is an answer. */
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
        try {
            in.close();
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (IOException alreadyGone) {
            // as it should be
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
