package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two ends against scripts that were recorded from two sockets of Linux 6.18 on the loopback interface, each read and
 * write with what came of it. A write has five bytes, a read takes three at most.
 */
class MemoryEndTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "B reads 0 | A writes 5 | B reads 3 | B reads 2 | B reads 0",
                "A writes 5 | A closes | B reads 3 | B reads 2 | B reads end | B writes 5 | B writes: Broken pipe | B reads end",
                "A writes 5 | A closes | B reads 3 | B writes 5 | B writes: Broken pipe | B reads 2 | B writes: Broken pipe",
                "A ends | B reads end | B writes 5 | B writes 5 | A closes | B writes: Broken pipe",
                "A ends | A resets | B reads end | B reads end | B writes: Broken pipe | B ends | B ends | B reads end",
                "B ends | A writes 5 | B reads 3 | A reads end | B resets | A writes: Broken pipe | A reads end",
                "B writes 5 | A closes | B writes: Connection reset by peer | B writes: Broken pipe",
                "B writes 5 | A closes | B reads: Connection reset | B reads: Connection reset",
                "B resets | A reads: Connection reset | A writes: Broken pipe | A reads: Connection reset | A resets",
                "B resets | A writes: Connection reset by peer | A writes: Broken pipe | A reads end | A writes: Broken pipe",
                "B resets | A writes: Connection reset by peer | A ends | A closes",
                "B resets | A ends | A reads: Connection reset | A resets",
                "A writes 5 | A resets | B reads 3 | B writes: Connection reset by peer | B closes",
                "A writes 5 | A resets | B writes: Connection reset by peer | B ends | B reads 3 | B reads 2 | B reads end",
                "B writes 5 | A resets | B reads: Connection reset | B writes: Broken pipe | B ends"
            })
    void itIsLikeASocketOfLinux(String script) {
        MemorySteps steps = new MemorySteps();
        MemoryEnd a = new MemoryEnd(steps, MemoryBench.loopback(1), 65_536);
        MemoryEnd b = new MemoryEnd(steps, MemoryBench.loopback(2), 65_536);
        a.connect(b);
        List<String> recorded = Arrays.asList(script.split(" \\| ", -1));
        List<String> played = new ArrayList<>();
        for (String line : recorded) {
            String verb = line.split("[ :]", -1)[1];
            played.add(line.charAt(0) + " " + verb + play(line.charAt(0) == 'A' ? a : b, verb));
        }
        assertThat(played).isEqualTo(recorded);
    }

    private static String play(MemoryEnd end, String verb) {
        try {
            switch (verb) {
                case "reads" -> {
                    int count = end.read(new byte[3], 0, 3);
                    return count < 0 ? " end" : " " + count;
                }
                case "writes" -> {
                    ByteBuffer data = ByteBuffer.allocate(5);
                    end.write(data);
                    return " " + data.position();
                }
                case "ends" -> end.shutdownOutput();
                case "closes" -> end.close();
                case "resets" -> end.abort();
                default -> throw new AssertionError(verb);
            }
            return "";
        } catch (IOException e) {
            return ": " + e.getMessage();
        }
    }
}
