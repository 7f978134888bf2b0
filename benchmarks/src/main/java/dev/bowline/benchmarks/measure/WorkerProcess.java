package dev.bowline.benchmarks.measure;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.bowline.benchmarks.contender.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A {@link Worker} in a process of its own. */
final class WorkerProcess implements AutoCloseable {
    /** Beyond settling and measuring: start of the JVM, connecting and disconnecting thousands. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration RESTART_PATIENCE = Duration.ofMinutes(5);

    private final Jvm jvm;
    private final Child child;
    private final Duration patience;

    WorkerProcess(Jvm jvm, Peer peer, Workload workload, String portList, Pinning pinning) throws IOException {
        this.jvm = jvm;
        patience = workload.kind() == Workload.Kind.RESTART ? RESTART_PATIENCE : PATIENCE;
        child = new Child(jvm.start(Worker.class, pinning, jvm.options(), List.of(peer.id(), workload.id(), portList)));
    }

    /**
     * Takes one sample; see {@link Sampler#sample}.
     *
     * @throws IOException if it could not; says why
     */
    Map<Metric, Double> sample(Duration settle, Duration window, boolean warming)
            throws IOException, InterruptedException {
        String answer;
        try {
            child.say(settle.toMillis() + " " + window.toMillis() + " " + warming);
            answer = child.answer(patience.plus(settle).plus(window));
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\n" + jvm.lastWords(), e);
        }
        if (answer.startsWith(Worker.CANNOT)) {
            throw new IOException(answer.substring(Worker.CANNOT.length()));
        }
        return new Gson().fromJson(answer, new TypeToken<Map<Metric, Double>>() {});
    }

    @Override
    public void close() {
        child.close();
    }
}
