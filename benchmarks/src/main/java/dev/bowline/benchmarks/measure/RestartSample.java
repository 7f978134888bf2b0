package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.Contender;
import dev.bowline.benchmarks.contender.Remote;
import dev.bowline.benchmarks.server.Service;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** A server of its own dies under many clients, and comes back: how long until they all are ready again. */
final class RestartSample {
    /** Below the range from which systems take ports for clients. */
    private static final int FIRST_PORT = 18_200;

    private static final Duration DOWN = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 5;

    private RestartSample() {}

    static Map<Metric, Double> take(Contender contender, Workload workload) throws Exception {
        AtomicInteger ready = new AtomicInteger();
        int all = workload.connections();
        int port;
        try (ServerProcess first = ServerProcess.start(Jvm.current(), FIRST_PORT, Pinning.NONE)) {
            port = first.port(Service.IDLE);
            Remote remote = new Remote(port, false);
            for (int n = 0; n < all; n++) {
                contender.stayConnected(remote, ready::incrementAndGet, ready::decrementAndGet);
            }
            await(ready, count -> count == all);
        }
        await(ready, count -> count == 0);
        Thread.sleep(DOWN.toMillis());
        try (ServerProcess second = ServerProcess.start(Jvm.current(), FIRST_PORT, Pinning.NONE)) {
            long begin = System.nanoTime();
            await(ready, count -> count == all);
            if (second.port(Service.IDLE) != port) {
                throw new IllegalStateException("the second server is not where the first was");
            }
            return Map.of(Metric.READY_SECONDS, (System.nanoTime() - begin) / 1e9);
        }
    }

    private static void await(AtomicInteger ready, IntPredicate wanted) throws InterruptedException, TimeoutException {
        long begin = System.nanoTime();
        while (!wanted.test(ready.get())) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new TimeoutException(ready.get() + " clients are ready after " + LIMIT.toSeconds() + " s");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
