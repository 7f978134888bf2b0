package dev.bowline.benchmarks.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bowline.benchmarks.LineText;
import dev.bowline.framing.Decoder;
import dev.bowline.framing.MalformedFrameException;
import dev.bowline.line.LineFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it takes to find one line in a chunk of them, and to make a String of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {
    private static final int LINES = 256;

    /** How long the lines are, without their ends. */
    @Param({"10", "64", "1000"})
    private int length;

    private final LineFormat crlf = LineFormat.crlf();
    private final LineFormat lenient = LineFormat.lenient();
    private Decoder decoder = crlf.framing().newDecoder();
    private Decoder lenientDecoder = lenient.framing().newDecoder();
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    /** For JMH. */
    public DecoderBenchmark() {}

    /** Makes the chunk. */
    @Setup
    public void fill() {
        StringBuilder text = new StringBuilder();
        for (String line : LineText.lines(length, LINES)) {
            text.append(line).append(LineText.END);
        }
        chunk = ByteBuffer.wrap(text.toString().getBytes(US_ASCII));
    }

    /** CRLF, as bytes. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void find(Blackhole hole) throws MalformedFrameException {
        chunk.rewind();
        while (decoder.decode(chunk) == Decoder.Step.FRAME) {
            hole.consume(decoder.frame());
        }
    }

    /** LF or CRLF, as bytes. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void findLenient(Blackhole hole) throws MalformedFrameException {
        chunk.rewind();
        while (lenientDecoder.decode(chunk) == Decoder.Step.FRAME) {
            hole.consume(lenientDecoder.frame());
        }
    }

    /** CRLF, as a String. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void findAndDecode(Blackhole hole) throws MalformedFrameException, CharacterCodingException {
        chunk.rewind();
        while (decoder.decode(chunk) == Decoder.Step.FRAME) {
            hole.consume(crlf.decode(decoder.frame()));
        }
    }
}
