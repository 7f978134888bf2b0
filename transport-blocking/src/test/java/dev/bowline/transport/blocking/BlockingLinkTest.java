package dev.bowline.transport.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is special about workers that block; what every engine must do is in the engine contract. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockingLinkTest {
    private static final int SMALL_WINDOW = 32 * 1024;

    private final TestHandler handler = new TestHandler();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket();
        server.setReceiveBufferSize(SMALL_WINDOW);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        toClose.add(server);
    }

    @AfterEach
    void clear() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
        assertThat(handler.overlap).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void twoPeersThatOnlyWriteDoNotStopEachOther(Threads threads) throws Exception {
        int size = 50_000_000;
        Link link = open(threads);
        Socket peer = accept();
        CompletableFuture<byte[]> peerRead = aside(() -> {
            peer.getOutputStream().write(new byte[size]);
            return peer.getInputStream().readNBytes(size);
        });
        CompletableFuture<Void> written = new CompletableFuture<>();
        CompletableFuture<Void> received = new CompletableFuture<>();
        handler.onWritten = () -> written.complete(null);
        handler.onReceived = data -> {
            if (handler.receivedBytes == size) {
                received.complete(null);
            }
        };
        link.execute(() -> link.write(ByteBuffer.allocate(size)));
        assertThat(peerRead.get()).hasSize(size);
        written.get();
        received.get();
    }

    @ParameterizedTest
    @EnumSource
    void aPingPongStaysWithOneWorker(Threads threads) throws Exception {
        int rounds = 2_000;
        Link link = open(threads);
        Socket peer = accept();
        echo(peer);
        CompletableFuture<Void> done = new CompletableFuture<>();
        List<Thread> takenOver = new ArrayList<>();
        Thread[] last = new Thread[1];
        handler.onReceived = data -> {
            if (last[0] != Thread.currentThread()) {
                last[0] = Thread.currentThread();
                takenOver.add(last[0]);
            }
            if (handler.receivedBytes == rounds) {
                done.complete(null);
            } else {
                handler.send(ByteBuffer.allocate(1));
            }
        };
        link.execute(() -> handler.send(ByteBuffer.allocate(1)));
        done.get();
        // The one that had the task may still be on its feet for a while. Calling another at each write would be
        // hundreds.
        assertThat(takenOver).hasSizeLessThan(rounds / 20);
    }

    @ParameterizedTest
    @EnumSource
    void tasksAndCallsNeverOverlapAndSeeEachOther(Threads threads) throws Exception {
        Link link = open(threads);
        echo(accept());
        CountDownLatch echoes = new CountDownLatch(2_000);
        handler.onReceived = data -> echoes.countDown();
        handler.onWritten = () -> link.write(ByteBuffer.allocate(1_000));
        link.execute(() -> handler.alone(() -> link.write(ByteBuffer.allocate(1_000))));
        long[] plainCounter = new long[1];
        List<CompletableFuture<Long>> givers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            givers.add(aside(() -> {
                long given = 0;
                while (given < 1_000 || echoes.getCount() > 0) {
                    CountDownLatch ran = new CountDownLatch(10);
                    for (int n = 0; n < 10; n++) {
                        link.execute(() -> {
                            handler.alone(() -> plainCounter[0]++);
                            ran.countDown();
                        });
                    }
                    ran.await();
                    given += 10;
                }
                return given;
            }));
        }
        long given = 0;
        for (CompletableFuture<Long> giver : givers) {
            given += giver.get();
        }
        assertThat(on(link, () -> plainCounter[0])).isEqualTo(given);
    }

    @ParameterizedTest
    @EnumSource
    void b4_abortEndsABlockedWriteAtOnce(Threads threads) throws Exception {
        int size = 50_000_000;
        Link link = open(threads);
        Socket peer = accept();
        ByteBuffer data = ByteBuffer.allocate(size);
        link.execute(() -> link.write(data));
        int taken = peer.getInputStream().readNBytes(5_000_000).length;
        Instant begun = Instant.now();
        // Both directions are blocked: this needs a third worker.
        link.execute(link::abort);
        assertThat(handler.closed.get()).isEmpty();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(data.position()).isBetween(taken, size - 1);
    }

    @ParameterizedTest
    @EnumSource
    void thePositionOfABlockedWriteThatCloseEndsIsExact(Threads threads) throws Exception {
        int size = 50_000_000;
        Link link = open(threads);
        Socket peer = accept();
        ByteBuffer data = ByteBuffer.allocate(size);
        link.execute(() -> link.write(data));
        int taken = peer.getInputStream().readNBytes(5_000_000).length;
        link.execute(link::close);
        assertThat(handler.closed.get()).isEmpty();
        int position = data.position();
        assertThat(position).isLessThan(size);
        assertThat(taken + peer.getInputStream().readAllBytes().length).isEqualTo(position);
    }

    @ParameterizedTest
    @EnumSource
    void aWriterWhosePeerKeepsUpStillReads(Threads threads) throws Exception {
        Link link = open(threads);
        Socket peer = accept();
        CompletableFuture<Void> received = new CompletableFuture<>();
        handler.onReceived = data -> received.complete(null);
        handler.onWritten = () -> {
            if (!received.isDone()) {
                link.write(ByteBuffer.allocate(100));
            }
        };
        serve(() -> peer.getInputStream().transferTo(OutputStream.nullOutputStream()));
        link.execute(() -> link.write(ByteBuffer.allocate(100)));
        peer.getOutputStream().write(1);
        received.get();
    }

    @ParameterizedTest
    @EnumSource
    void tasksWithoutEndDoNotKeepBytesFromMoving(Threads threads) throws Exception {
        Link link = open(threads);
        echo(accept());
        CompletableFuture<Void> received = new CompletableFuture<>();
        handler.onReceived = data -> {
            if (handler.receivedBytes == 5_000_000) {
                received.complete(null);
            }
        };
        Runnable again = new Runnable() {
            @Override
            public void run() {
                if (!received.isDone()) {
                    link.execute(this);
                }
            }
        };
        link.execute(again);
        link.execute(() -> link.write(ByteBuffer.allocate(5_000_000)));
        received.get();
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatLeavesItsThreadInterruptedKeepsItsLink(Threads threads) throws Exception {
        Link link = open(threads);
        echo(accept());
        CompletableFuture<Void> answered = new CompletableFuture<>();
        handler.onReceived = data -> {
            Thread.currentThread().interrupt();
            if (handler.receivedBytes == 10) {
                answered.complete(null);
            } else {
                handler.send(ByteBuffer.allocate(1));
            }
        };
        link.execute(() -> {
            Thread.currentThread().interrupt();
            handler.send(ByteBuffer.allocate(1));
        });
        answered.get();
        assertThat(handler.closed).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void aPausedLinkStillRunsTasksAndWrites(Threads threads) throws Exception {
        Link link = open(threads);
        Socket peer = accept();
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<Void> written = new CompletableFuture<>();
            link.execute(() -> {
                link.setReading(false);
                handler.onWritten = () -> written.complete(null);
                link.write(ByteBuffer.allocate(10));
            });
            written.get();
            on(link, () -> 0);
        }
        assertThat(peer.getInputStream().readNBytes(10_000)).hasSize(10_000);
        CompletableFuture<Void> received = new CompletableFuture<>();
        on(link, () -> handler.onReceived = data -> received.complete(null));
        link.execute(() -> link.setReading(true));
        peer.getOutputStream().write(1);
        received.get();
    }

    private Link open(Threads threads) throws Exception {
        BlockingEngine engine = threads.engine();
        toClose.add(engine);
        return handler.open(engine, server);
    }

    private Socket accept() throws IOException {
        Socket peer = server.accept();
        peer.setTcpNoDelay(true);
        toClose.add(peer);
        return peer;
    }

    private static void echo(Socket peer) {
        serve(() -> {
            InputStream in = peer.getInputStream();
            OutputStream out = peer.getOutputStream();
            byte[] bytes = new byte[16 * 1024];
            for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                out.write(bytes, 0, n);
            }
            return null;
        });
    }

    /** Asks on the event side. */
    private static <T> T on(Link link, Callable<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        link.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get();
    }

    private static <T> CompletableFuture<T> aside(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        serve(() -> {
            try {
                return result.complete(work.call());
            } catch (Throwable e) {
                return result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Runs on a thread of its own until it fails: at the latest when its socket is closed. */
    private static void serve(Callable<?> work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.call();
                    } catch (Exception e) {
                        // its peer is gone
                    }
                },
                "peer");
        thread.setDaemon(true);
        thread.start();
    }
}
