package dev.bowline.integration.wrong;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.InMemory;
import dev.bowline.testkit.contract.subject.Network;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The transport in memory, with something wrong about it. */
final class WrongTransport implements TransportUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What leaked; it ends all the same, after it was looked for. */
    private static final Queue<Thread> LEAKED = new ConcurrentLinkedQueue<>();

    private final Wrongness wrongness;
    private final InMemory right = new InMemory();

    /** A name of its own: contracts that run at the same time look for threads of that name. */
    private final String name = "wrong" + COUNT.incrementAndGet();

    WrongTransport(Wrongness wrongness) {
        this.wrongness = wrongness;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Engine start(EngineOptions options) {
        if (wrongness == Wrongness.LEAKS_A_THREAD) {
            leak();
        }
        return PassThrough.engine(right.start(options), wrongness::between);
    }

    private void leak() {
        Thread leaked = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.park(LEAKED);
                    }
                },
                "bowline-" + name + "-leaked");
        leaked.setDaemon(true);
        leaked.start();
        LEAKED.add(leaked);
    }

    /** Ends what the runs so far have leaked. */
    static void endLeaks() {
        for (Thread leaked = LEAKED.poll(); leaked != null; leaked = LEAKED.poll()) {
            leaked.interrupt();
            Uninterruptibles.joinUninterruptibly(leaked);
        }
    }

    @Override
    public Network network() {
        return right.network();
    }

    @Override
    public Set<Capability> capabilities() {
        return right.capabilities();
    }

    @Override
    public void close() {
        right.close();
    }
}
