package dev.bowline.benchmarks.micro;

import dev.bowline.Endpoint;
import dev.bowline.benchmarks.LineText;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What {@link LineClient#send(String)} takes without the queue behind it: to encode a line, check it, and hand it on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncoderBenchmark {
    /** How long the line is, in characters. */
    @Param({"10", "64", "1000"})
    private int length;

    private String line = "";
    private @Nullable ServerSocket server;
    private @Nullable LineClient client;

    /** For JMH. */
    public EncoderBenchmark() {}

    /** Never ready, so nobody asks for messages. */
    private static final class Silent extends LineProtocol {
        @Override
        protected void lineReceived(String line) {}
    }

    /** Connects a client whose queue has nothing. */
    @Setup
    public void connect() throws IOException {
        line = LineText.lines(length, 1)[0];
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server = listening;
        client = LineClient.builder(
                        new Endpoint.Tcp(listening.getInetAddress().getHostAddress(), listening.getLocalPort()),
                        Silent::new)
                .transport("nio")
                .queue(new DiscardingQueue())
                .readyTimeout(Duration.ZERO)
                .open();
    }

    /** One thread. */
    @Benchmark
    public void send() throws InterruptedException {
        Objects.requireNonNull(client).send(line);
    }

    /** Two threads at once. */
    @Benchmark
    @Threads(2)
    public void sendFromTwo() throws InterruptedException {
        Objects.requireNonNull(client).send(line);
    }

    /** Ends it. */
    @TearDown
    public void close() throws IOException {
        Objects.requireNonNull(server).close();
        Objects.requireNonNull(client).close();
    }
}
