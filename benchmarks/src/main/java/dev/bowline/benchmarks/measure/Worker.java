package dev.bowline.benchmarks.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import dev.bowline.benchmarks.contender.Peer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/**
 * The JVM of one contender under one workload: nothing else was ever compiled or allocated in it. It takes a sample for each
 * line of its input, {@code SETTLE_MILLIS WINDOW_MILLIS WARMING}, answers with one line of JSON, and ends with its input.
 */
final class Worker {
    /** What it answers when a contender can't do what is asked. */
    static final String CANNOT = "cannot ";

    private Worker() {}

    /**
     * Runs it.
     *
     * @param args contender, workload, and what the server printed
     */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // a library that prints must not be taken for an answer
        try (Sampler sampler = new Sampler(Peer.ofId(args[0]), Workload.ofId(args[1]), ServerProcess.parse(args[2]))) {
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                answers.println(Child.mark(answer(sampler, line.split(" ", -1))));
            }
        }
        System.exit(0);
    }

    private static String answer(Sampler sampler, String[] question) {
        try {
            Map<Metric, Double> sample = sampler.sample(
                    Duration.ofMillis(Long.parseLong(question[0])),
                    Duration.ofMillis(Long.parseLong(question[1])),
                    Boolean.parseBoolean(question[2]));
            return new Gson().toJson(sample);
        } catch (UnsupportedOperationException e) {
            return CANNOT + e.getMessage();
        } catch (Exception e) {
            e.printStackTrace();
            return CANNOT + e;
        }
    }
}
