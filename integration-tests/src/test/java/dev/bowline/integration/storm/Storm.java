package dev.bowline.integration.storm;

import dev.bowline.Endpoint;
import dev.bowline.Transport;
import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.storm.StormLine.Mode;
import dev.bowline.integration.stress.Violations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Two clients on one transport, one of each mode of delivery, send their lines to one server while everything between goes
 * wrong. In the end the server's ledger is compared with what was sent.
 */
final class Storm {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration HEAP_PERIOD = Duration.ofSeconds(5);

    /** Per cent. */
    private static final long SPREAD = 90;

    /** The end of the client is one; a storm that broke no connection proves nothing. */
    private static final int FEWEST_LOSSES = 2;

    private static final int MOST_TIMES = 5;

    private final ReferenceServer server;
    private final StormSettings settings;
    private final Violations violations;
    private final Weather weather;
    private final List<StormClient> clients = new ArrayList<>();

    /** What the ledger has from before. */
    private final int oldEntries;

    /** How many lines each thread was let send. On the pace's thread. */
    private int permitted;

    /** On the pace's thread. */
    private int ticks;

    private Storm(ReferenceServer server, List<Trouble> troubles, StormSettings settings, Violations violations) {
        this.server = server;
        this.settings = settings;
        this.violations = violations;
        this.oldEntries = server.ledger().size();
        this.weather = new Weather(troubles, new SplittableRandom(settings.seed()), violations);
    }

    /**
     * Runs one; the server has ended when this returns.
     *
     * @param endpoint where clients find the server, past the troubles
     */
    static void run(
            ReferenceServer server,
            Endpoint endpoint,
            List<Trouble> troubles,
            Transport transport,
            StormSettings settings,
            Violations violations)
            throws InterruptedException {
        new Storm(server, troubles, settings, violations).run(endpoint, transport);
    }

    private void run(Endpoint endpoint, Transport transport) throws InterruptedException {
        HeapWatch heap = new HeapWatch(violations);
        SplittableRandom dice = new SplittableRandom(settings.seed() + 1);
        for (Mode mode : Mode.values()) {
            clients.add(new StormClient(mode, endpoint, transport, settings.lines(), dice.split(), violations));
        }
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try {
            every(pace, TICK, this::tick);
            every(pace, HEAP_PERIOD, heap::check);
            weather.begin();
            blow();
            weather.clear();
            comeBack();
            heap.check();
            List<LedgerEntry> all = server.ledger();
            List<LedgerEntry> ledger = all.subList(oldEntries, all.size());
            clients.forEach(client -> client.check(ledger));
            checkForce();
        } finally {
            pace.shutdownNow();
            clients.forEach(StormClient::close);
        }
        System.out.println("  heap " + heap + ", weather " + weather);
        if (!violations.sentences().isEmpty()) {
            System.out.println("    " + weather.story());
        }
    }

    /** For its time; and again, where a client was not even connected, and so has lost nothing. */
    private void blow() throws InterruptedException {
        int times = 0;
        do {
            violations.awaitFirst(settings.time());
            times++;
        } while (times < MOST_TIMES && clients.stream().anyMatch(client -> client.losses() == 0));
    }

    private static void every(ScheduledExecutorService pace, Duration period, Runnable task) {
        var unused = pace.scheduleWithFixedDelay(task, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Most lines are spread evenly over the storm, so that none of it passes in silence; the rest is for its end. */
    private void tick() {
        long allTicks = settings.time().dividedBy(TICK);
        long due = SPREAD * settings.lines() / StormClient.THREADS * Math.min(++ticks, allTicks) / allTicks / 100;
        int lines = (int) due - permitted;
        permitted += lines;
        for (StormClient client : clients) {
            client.permit(lines);
            client.checkQueue();
        }
    }

    /** The last kill: after it all is well, and the clients have to find that out by themselves. */
    private void comeBack() throws InterruptedException {
        server.kill();
        server.restart();
        List<Integer> marks = clients.stream().map(StormClient::mark).toList();
        for (StormClient client : clients) {
            client.permitAll();
        }
        for (StormClient client : clients) {
            client.finish();
        }
        for (int i = 0; i < marks.size(); i++) {
            Duration took = clients.get(i).checkReturn(marks.get(i));
            System.out.println("  ready again after " + took.toMillis() + " ms");
        }
        // What the server did not read by now, it never will.
        server.kill();
    }

    private void checkForce() {
        for (StormClient client : clients) {
            if (client.losses() < FEWEST_LOSSES) {
                violations.add("the storm was no more than a breeze: " + client + ", " + weather);
            }
        }
    }
}
