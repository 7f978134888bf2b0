package dev.bowline.integration.storm;

import dev.bowline.Backoff;
import dev.bowline.ClientCounters;
import dev.bowline.ConnectOptions;
import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.storm.StormLine.Mode;
import dev.bowline.integration.stress.Violations;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** A client with four threads that send numbered lines through it, and what must be true of them in the end. */
final class StormClient implements AutoCloseable {
    static final int THREADS = 4;

    /** Small, so that it is full after a moment without a connection. */
    private static final int QUEUE_BYTES = 128 << 10;

    private static final Duration LONGEST_DELAY = Duration.ofMillis(500);

    /** How long anything takes that must happen: a test that is right never waits for it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final ConnectOptions SHORT_TIMERS = ConnectOptions.DEFAULT
            .withConnectTimeout(Duration.ofSeconds(1))
            .withWriteStall(Duration.ofSeconds(
                    1)) // shorter than some troubles: batches break off, and what came of them does, too
            .withIdleTimeout(Duration.ofSeconds(5))
            .withSendBuffer(16 << 10); // or the system takes all at once, and no write ever waits

    private final Mode mode;
    private final int linesOfEach;
    private final Violations violations;
    private final ConnectionDiary diary;
    private final LineClient client;
    private final AtomicInteger connections = new AtomicInteger();

    /** One for each line that may be sent, by thread. */
    private final List<Semaphore> permits = new ArrayList<>();

    private final ExecutorService senders;
    private final List<Future<?>> sending = new ArrayList<>();

    StormClient(
            Mode mode, Endpoint endpoint, Transport transport, int lines, RandomGenerator dice, Violations violations) {
        this.mode = mode;
        this.linesOfEach = lines / THREADS;
        this.violations = violations;
        this.diary = new ConnectionDiary(mode.word(), LONGEST_DELAY, violations);
        this.client = LineClient.builder(
                        endpoint, () -> new StormProtocol(mode, connections.getAndIncrement() % 2 == 1))
                .transport(transport)
                .queue(MemoryQueue.builder().maxBytes(QUEUE_BYTES).build())
                .sendWait(PATIENCE)
                .connectOptions(SHORT_TIMERS)
                .readyTimeout(Duration.ofSeconds(3))
                .reconnect(Reconnect.after(Backoff.standard()
                        .withFirst(Duration.ofMillis(50))
                        .withCap(LONGEST_DELAY)
                        .withRandom(dice)))
                .delivery(
                        mode == Mode.CONFIRMED
                                ? Delivery.confirmed().withConfirmTimeout(Duration.ofSeconds(2))
                                : Delivery.written())
                .observer(diary)
                .open();
        this.senders = Executors.newFixedThreadPool(THREADS, task -> {
            Thread sender = new Thread(task, "storm-sender " + mode.word());
            sender.setDaemon(true);
            return sender;
        });
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            permits.add(new Semaphore(0));
            sending.add(senders.submit(() -> {
                sendAll(number);
                return number;
            }));
        }
    }

    private void sendAll(int thread) throws InterruptedException {
        Semaphore permit = permits.get(thread);
        for (int number = 0; number < linesOfEach; number++) {
            permit.acquire();
            client.send(new StormLine(mode, thread, number).text());
        }
    }

    /** Lets each thread send so many lines more. */
    void permit(int lines) {
        permits.forEach(each -> each.release(lines));
    }

    /** Lets them send all. */
    void permitAll() {
        permit(linesOfEach);
    }

    /** The queue is never above its bound (rule E2). */
    void checkQueue() {
        ClientCounters now = client.counters();
        if (now.waitingBytes() > QUEUE_BYTES) {
            violations.add("E2: the queue of " + mode.word() + " has " + now.waitingBytes() + " bytes");
        }
    }

    /** The server is back; see {@link #checkReturn}. */
    int mark() {
        return diary.mark();
    }

    Duration checkReturn(int mark) {
        return diary.checkReturn(mark);
    }

    /** Waits for its threads, then for its end: everything was delivered, and every count is exact. */
    void finish() throws InterruptedException {
        try {
            for (Future<?> each : sending) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            DrainResult result = client.drain(PATIENCE).get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            expect("F5", result, new DrainResult(lines(), 0, Leftover.NONE, Leftover.NONE));
        } catch (ExecutionException | TimeoutException e) {
            violations.add(mode.word() + " never got its lines out: " + e + ", " + this);
        }
    }

    private long lines() {
        return (long) linesOfEach * THREADS;
    }

    /** The ledger is as it must be, and counters and reports say the same (rules F3 and F7). */
    void check(List<LedgerEntry> ledger) {
        LedgerAudit audit = new LedgerAudit(ledger, mode, THREADS, linesOfEach);
        ClientCounters counted = client.counters();
        List<String> complaints =
                mode == Mode.CONFIRMED ? audit.confirmed(counted.resent()) : audit.written(diary.uncertain());
        complaints.forEach(violations::add);
        boolean isConfirming = mode == Mode.CONFIRMED;
        ClientCounters expected = new ClientCounters(
                lines(),
                0,
                0,
                0,
                0,
                0,
                lines() + (isConfirming ? counted.resent() : 0),
                isConfirming ? lines() : diary.confirmed(),
                isConfirming ? counted.resent() : 0,
                diary.attempts(),
                diary.losses(),
                diary.losses());
        expect("F7", counted, expected);
        expect("F7 (handed over, by loss reports)", diary.handedOver(), expected.handedOver());
        expect("F7 (confirmed, by loss reports)", diary.confirmed(), expected.confirmed());
        if (audit.size() > diary.handedOver()) {
            violations.add("F3: of " + mode.word() + " " + audit.size() + " lines came, and only " + diary.handedOver()
                    + " were handed over");
        }
        System.out.println("  " + mode.word() + ": " + lines() + " lines, " + audit.size() + " arrived, "
                + audit.missing() + " missing, " + diary.uncertain() + " uncertain, " + audit.repeated()
                + " repeated, " + counted.resent() + " resent, " + counted.attempts() + " attempts, " + diary);
    }

    private void expect(String rule, Object seen, Object expected) {
        if (!seen.equals(expected)) {
            violations.add(rule + ": " + mode.word() + " has " + seen + ", not " + expected);
        }
    }

    long losses() {
        return diary.losses();
    }

    @Override
    public void close() {
        senders.shutdownNow();
        var unused = client.drain(Duration.ZERO);
    }

    @Override
    public String toString() {
        return client.state() + ", " + client.counters() + ", " + diary;
    }
}
