package dev.bowline.integration.stress;

import dev.bowline.Endpoint;
import dev.bowline.Transport;
import dev.bowline.testkit.FaultProxy;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A run: two hundred callers on one transport, half of them through proxies; a server and proxies that misbehave; threads
 * that write, pause, close and abort from outside. All dice are thrown from one seed, but threads take turns as they like, so
 * a seed makes a run similar, not the same.
 */
final class Chaos {
    /** Threads that use connections from outside. */
    static final int OTHERS = 4;

    private static final int CALLERS = 200;

    /** Callers below this number connect to the server, the others to proxies. */
    private static final int DIRECT = 100;

    private static final int PROXIES = 8;
    private static final Duration OTHERS_PERIOD = Duration.ofMillis(2);
    private static final int OTHERS_ACTIONS = 4;
    private static final Duration TROUBLE_PERIOD = Duration.ofMillis(40);

    private final String transportName;
    private final SplittableRandom seeds;
    private final Violations violations = new Violations();
    private final Register register = new Register();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();

    private Chaos(String transportName, long seed) {
        this.transportName = transportName;
        this.seeds = new SplittableRandom(seed);
    }

    /** Runs for so long, or until a rule is broken. Nothing of the run is held by what it returns. */
    static Violations run(String transportName, long seed, Duration time) throws Exception {
        Chaos chaos = new Chaos(transportName, seed);
        chaos.run(time);
        return chaos.violations;
    }

    private void run(Duration time) throws Exception {
        try (ChaosServer server = new ChaosServer(register, violations, seeds.split())) {
            for (int i = 0; i < PROXIES; i++) {
                proxies.add(FaultProxy.to(server.address()));
            }
            try (Transport transport = Transport.open(transportName)) {
                call(new Endpoint.Tcp("127.0.0.1", server.address().getPort()), transport);
                makeTrouble(time, transport);
            }
            callers.forEach(Caller::checkOver);
            proxies.forEach(FaultProxy::close);
            server.finish();
            register.check(DIRECT, violations);
        }
        System.out.println("chaos on " + transportName + ": " + register);
    }

    private void call(Endpoint server, Transport transport) {
        for (int i = 0; i < CALLERS; i++) {
            Endpoint endpoint = i < DIRECT ? server : proxies.get(i % PROXIES).endpoint();
            Caller caller = new Caller(i, endpoint, register, violations, seeds.split());
            callers.add(caller);
            caller.call(transport);
        }
    }

    private void makeTrouble(Duration time, Transport transport) throws InterruptedException {
        List<Worker> workers = new ArrayList<>();
        for (int writer = 1; writer <= OTHERS; writer++) {
            int number = writer;
            SplittableRandom dice = seeds.split();
            workers.add(new Worker(
                    "chaos-other-" + writer, OTHERS_PERIOD, violations, () -> actFromOutside(number, dice, transport)));
        }
        workers.add(new Worker("chaos-trouble", TROUBLE_PERIOD, violations, new ProxyTrouble(proxies, seeds.split())));
        violations.awaitFirst(time);
        workers.forEach(Worker::stop);
        for (Worker each : workers) {
            each.awaitStopped();
        }
    }

    private void actFromOutside(int writer, SplittableRandom dice, Transport transport) {
        for (int i = 0; i < OTHERS_ACTIONS; i++) {
            Caller caller = callers.get(dice.nextInt(CALLERS));
            caller.call(transport);
            Conversation conversation = caller.current();
            if (conversation != null) {
                conversation.actFromOutside(writer, dice);
            }
        }
    }

    /** Loads what is loaded once and kept: classes, libraries, the log file. */
    static void warmUp(String transportName) throws Exception {
        System.getLogger("dev.bowline.integration.stress").log(Level.ERROR, "what follows is provoked at random");
        Chaos chaos = new Chaos(transportName, 1);
        try (ChaosServer server = new ChaosServer(chaos.register, chaos.violations, chaos.seeds.split());
                FaultProxy proxy = FaultProxy.to(server.address());
                Transport transport = Transport.open(transportName)) {
            Caller caller = new Caller(0, proxy.endpoint(), chaos.register, chaos.violations, chaos.seeds.split());
            caller.call(transport);
            proxy.toClient().awaitForwarded(1);
        }
    }
}
