package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.measure.Plan.Entry;
import dev.bowline.benchmarks.measure.Plan.Group;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan. Each contender has a JVM of its own for each workload; within a group they take their samples in turn, round
 * after round, and only one of them is at work at a time.
 */
public final class Runner {
    private final Plan plan;
    private final Jvm jvm;
    private final PrintStream progress;

    public Runner(Plan plan, Jvm jvm, PrintStream progress) {
        this.plan = plan;
        this.jvm = jvm;
        this.progress = progress;
    }

    /** Told, after each group, what there is so far: a run that is ended early keeps that. */
    public interface Keeper {
        /** So much is measured. */
        void keep(Results sofar) throws IOException;
    }

    /** Runs it all. */
    public Results run(Keeper keeper) throws IOException, InterruptedException {
        List<Series> all = new ArrayList<>();
        for (Group group : plan.groups()) {
            all.addAll(run(group));
            keeper.keep(new Results(List.copyOf(all)));
        }
        return new Results(all);
    }

    private List<Series> run(Group group) throws IOException, InterruptedException {
        Map<Entry, Contest> contests = new LinkedHashMap<>();
        try (ServerProcess server = ServerProcess.start(jvm, 0, group.pinning(true))) {
            group.entries().forEach(entry -> contests.put(entry, new Contest(entry, server, group.pinning(false))));
            try {
                warmUp(List.copyOf(contests.values()), group.pinning(false) == Pinning.NONE);
                for (int round = 0; round < group.rounds(); round++) {
                    contests.values().forEach(Contest::round);
                }
            } finally {
                contests.values().forEach(Contest::close);
            }
        }
        return contests.values().stream().map(Contest::series).toList();
    }

    /** Nothing is measured yet: as many at once as there are cores for them, unless they are bound to one. */
    private static void warmUp(List<Contest> contests, boolean together) throws InterruptedException {
        ExecutorService warming =
                Executors.newFixedThreadPool(together ? Runtime.getRuntime().availableProcessors() : 1);
        try {
            for (Future<Object> done : warming.invokeAll(contests.stream()
                    .map(contest -> Executors.callable(contest::warmUp))
                    .toList())) {
                done.get();
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        } finally {
            warming.shutdownNow();
        }
    }

    /** One contender under one workload, until it fails; one thread at a time. */
    private final class Contest {
        private final Entry entry;
        private final ServerProcess server;
        private final Pinning pinning;
        private final Map<Metric, List<Double>> samples = new EnumMap<>(Metric.class);
        private @Nullable WorkerProcess worker;
        private @Nullable String failure;

        Contest(Entry entry, ServerProcess server, Pinning pinning) {
            this.entry = entry;
            this.server = server;
            this.pinning = pinning;
        }

        void warmUp() {
            progress.printf("%s: %s%n", entry.workload().id(), entry.peer().id());
            if (!entry.workload().wantsNewJvm()) {
                attempt(() -> worker().sample(plan.settle(), plan.warmUp(), true));
            }
        }

        void round() {
            attempt(() -> worker().sample(plan.settle(), plan.window(), false)
                    .forEach((metric, value) -> samples.computeIfAbsent(metric, any -> new ArrayList<>())
                            .add(value)));
            if (entry.workload().wantsNewJvm()) {
                close();
            }
        }

        private void attempt(Sampling sampling) {
            if (failure != null) {
                return;
            }
            try {
                sampling.run();
            } catch (IOException e) {
                failure = e.getMessage();
                progress.printf(
                        "%s: %s failed: %s%n",
                        entry.workload().id(), entry.peer().id(), failure);
                close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = "interrupted";
                close();
            }
        }

        private WorkerProcess worker() throws IOException {
            WorkerProcess running = worker;
            if (running == null) {
                running = new WorkerProcess(jvm, entry.peer(), entry.workload(), server.portList(), pinning);
                worker = running;
            }
            return running;
        }

        void close() {
            if (worker != null) {
                worker.close();
                worker = null;
            }
        }

        Series series() {
            return new Series(entry.peer(), entry.workload(), samples, failure);
        }
    }

    private interface Sampling {
        void run() throws IOException, InterruptedException;
    }
}
