package dev.bowline.transport.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockingEngineTest {
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void closeAbortsWhatIsOpenAndLeavesNoThread(Threads threads) throws Exception {
        BlockingEngine engine = threads.engine();
        List<TestHandler> handlers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestHandler handler = new TestHandler();
            handlers.add(handler);
            Link link = handler.open(engine, server);
            // Every kind of link: idle, writing without hope, paused.
            if (i % 3 == 1) {
                link.execute(() -> link.write(ByteBuffer.allocate(50_000_000)));
            } else if (i % 3 == 2) {
                link.execute(() -> link.setReading(false));
            }
            on(link);
        }
        engine.close();
        for (TestHandler handler : handlers) {
            assertThat(handler.closed).isCompletedWithValueMatching(cause -> cause.isEmpty());
            assertThat(handler.threads).isNotEmpty().noneMatch(Thread::isAlive);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsAttemptsToo(Threads threads) throws Exception {
        BlockingEngine engine = threads.engine();
        List<TestHandler> handlers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestHandler handler = new TestHandler();
            handlers.add(handler);
            handler.begin(engine, server);
        }
        engine.close();
        for (TestHandler handler : handlers) {
            assertThat(handler.openFailed.isDone() || handler.closed.isDone()).isTrue();
            assertThat(handler.threads).noneMatch(Thread::isAlive);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskAfterClosedFindsAThread(Threads threads) throws Exception {
        try (BlockingEngine engine = threads.engine()) {
            TestHandler handler = new TestHandler();
            Link link = handler.open(engine, server);
            link.execute(link::close);
            handler.closed.get();
            for (int i = 0; i < 100; i++) {
                on(link);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void threadsAreNamedAfterTransportAndEndpoint(Threads threads) throws Exception {
        try (BlockingEngine engine = threads.engine()) {
            TestHandler handler = new TestHandler();
            Link link = handler.open(engine, server);
            CompletableFuture<Void> written = new CompletableFuture<>();
            handler.onWritten = () -> written.complete(null);
            link.execute(() -> handler.alone(() -> link.write(ByteBuffer.allocate(1))));
            written.get();
            assertThat(handler.threads)
                    .extracting(Thread::getName)
                    .contains("bowline-blocking example.org:8001 a")
                    .allMatch(name -> name.matches("bowline-blocking example\\.org:8001 [abc]"));
            assertThat(handler.threads).allMatch(Thread::isDaemon);
        }
    }

    @Test
    void threadsAreVirtualWhereTheJvmHasThem() throws Exception {
        try (BlockingEngine engine = (BlockingEngine) new BlockingEngineProvider().create(EngineOptions.DEFAULT)) {
            TestHandler handler = new TestHandler();
            handler.open(engine, server);
            boolean has = Runtime.version().feature() >= 21;
            assertThat(handler.threads).allMatch(thread -> isVirtual(thread) == has);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeConnectedToFailsAsAnAttempt(Threads threads) throws Exception {
        try (BlockingEngine engine = threads.engine()) {
            assertThat(failure(engine, InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("nowhere.invalid");
            assertThat(failure(engine, new SocketAddress() {})).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void openAfterCloseIsRefused(Threads threads) {
        BlockingEngine engine = threads.engine();
        engine.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.open(
                        server.getLocalSocketAddress(), LinkOptions.named(TestHandler.NAME), new TestHandler()))
                .withMessage("the engine is closed");
        engine.close();
    }

    private static IOException failure(BlockingEngine engine, SocketAddress remote) throws Exception {
        TestHandler handler = new TestHandler();
        engine.open(remote, LinkOptions.named(TestHandler.NAME), handler);
        return handler.openFailed.get();
    }

    private static void on(Link link) throws Exception {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        link.execute(() -> ran.complete(null));
        ran.get();
    }

    private static boolean isVirtual(Thread thread) {
        return thread.getClass().getName().contains("VirtualThread");
    }
}
