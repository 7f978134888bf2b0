package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.LineText;
import dev.bowline.benchmarks.contender.Contender;
import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.contender.Remote;
import dev.bowline.benchmarks.contender.Session;
import dev.bowline.benchmarks.server.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Takes samples of one workload with one contender, in this JVM. */
final class Sampler implements AutoCloseable {
    private static final String NOTHING_CAME = "not one line came through";
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final int PING_PONG_LINES = 64;

    /** On a machine that is busy with other things nothing may move for a while. */
    private static final int LONGEST_WINDOWS = 10;

    private final Workload workload;
    private final Map<Service, Integer> ports;
    private final Contender contender;
    private boolean warms;

    Sampler(Peer peer, Workload workload, Map<Service, Integer> ports) throws Exception {
        this.workload = workload;
        this.ports = ports;
        this.contender = peer.open(workload.lineLength());
    }

    /**
     * Connects, measures, disconnects.
     *
     * @param settle how long to wait before, so that queues are as full as they get
     * @param window how long to measure
     * @param warming whether it is done to have the code compiled: the window is over when the process had so much time
     *     of a core, on a machine that is busy with other things, too
     */
    Map<Metric, Double> sample(Duration settle, Duration window, boolean warming) throws Exception {
        warms = warming;
        return switch (workload.kind()) {
            case RATE -> rate(settle, window);
            case LATENCY -> latency(settle, window);
            case IDLE -> IdleSample.take(contender, remote(), workload);
            case RESTART -> RestartSample.take(contender, workload);
        };
    }

    private Remote remote() {
        Service service = workload.service();
        return new Remote(port(service), service.isTls());
    }

    private int port(Service service) {
        Integer port = ports.get(service);
        if (port == null) {
            throw new IllegalStateException("the server does not offer " + service);
        }
        return port;
    }

    /** What has happened by a moment. */
    private record Moment(long received, ServerClock.Reading server, long nanos, long allocated, long cpu) {
        /** Whether nothing has moved. */
        boolean isLike(Moment other) {
            return received == other.received && server.bytes() == other.server.bytes();
        }
    }

    /** Lets time pass. */
    private void pass(Duration window) throws InterruptedException {
        long cpu = Consumption.cpuNanos();
        int windows = 0;
        do {
            Thread.sleep(window.toMillis());
        } while (warms && ++windows < LONGEST_WINDOWS && Consumption.cpuNanos() - cpu < window.toNanos());
    }

    private Map<Metric, Double> rate(Duration settle, Duration window) throws Exception {
        List<Session> sessions = new ArrayList<>();
        List<Tally> tallies = new ArrayList<>();
        try (ServerClock clock = new ServerClock(port(Service.CONTROL))) {
            for (int n = 0; n < workload.connections(); n++) {
                Tally tally = new Tally();
                tallies.add(tally);
                sessions.add(contender.connect(remote(), workload.purpose(), tally));
            }
            clock.flood(workload.service() == Service.CROWD);
            Senders senders = new Senders(sessions.get(0), workload.senders(), workload.lineLength());
            Thread.sleep(settle.toMillis());
            Moment before = moment(tallies, clock);
            pass(window);
            Moment after = moment(tallies, clock);
            for (int more = 1; more < LONGEST_WINDOWS && after.isLike(before); more++) {
                pass(window);
                after = moment(tallies, clock);
            }
            senders.stop();
            clock.flood(false);
            closeAll(sessions);
            senders.awaitEnd();
            return between(before, after);
        } finally {
            closeAll(sessions);
        }
    }

    private static Moment moment(List<Tally> tallies, ServerClock clock) throws Exception {
        long received = 0;
        for (Tally tally : tallies) {
            received += tally.count();
        }
        long nanos = System.nanoTime();
        return new Moment(received, clock.read(), nanos, Consumption.allocatedBytes(), Consumption.cpuNanos());
    }

    private Map<Metric, Double> between(Moment before, Moment after) {
        if (after.isLike(before)) {
            throw new IllegalStateException(NOTHING_CAME);
        }
        double seconds = (after.nanos - before.nanos) / 1e9;
        double in = (after.received - before.received) / seconds;
        double out = after.server.bytesPerSecondSince(before.server) / LineText.wireLength(workload.lineLength());
        Map<Metric, Double> sample = new EnumMap<>(Metric.class);
        sample.put(Metric.LINES_PER_SECOND, in + out);
        double lines = (in + out) * seconds;
        sample.put(Metric.ALLOCATED_PER_LINE, (after.allocated - before.allocated) / lines);
        sample.put(Metric.CPU_NANOS_PER_LINE, (after.cpu - before.cpu) / lines);
        return sample;
    }

    private Map<Metric, Double> latency(Duration settle, Duration window) throws Exception {
        PingPong pingPong = new PingPong(LineText.lines(workload.lineLength(), PING_PONG_LINES));
        try (Session session = contender.connect(remote(), workload.purpose(), pingPong)) {
            session.sendAlone(pingPong.first());
            Thread.sleep(settle.toMillis());
            pingPong.recorded();
            pass(window);
            Histogram recorded = pingPong.recorded();
            if (recorded.getTotalCount() == 0) {
                throw new IllegalStateException(NOTHING_CAME);
            }
            Map<Metric, Double> sample = new EnumMap<>(Metric.class);
            sample.put(Metric.MEDIAN_MICROS, recorded.getValueAtPercentile(P50) / 1e3);
            sample.put(Metric.P99_MICROS, recorded.getValueAtPercentile(P99) / 1e3);
            return sample;
        }
    }

    private static void closeAll(List<Session> sessions) throws IOException {
        for (Session session : sessions) {
            session.close();
        }
        sessions.clear();
    }

    @Override
    public void close() throws IOException {
        contender.close();
    }
}
