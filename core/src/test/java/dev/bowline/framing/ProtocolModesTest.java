package dev.bowline.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bowline.LossReason;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import dev.bowline.testing.FramedHarness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Lines, raw bytes and blocks in turn: rules D2 and D3, through a real connection over a fake link. */
class ProtocolModesTest {
    /** Notes what it receives, and reacts as a test says. */
    private static class Recorder extends LineProtocol {
        final List<String> events = new ArrayList<>();

        Recorder() {
            super(LineFormat.lf().withMaxLength(8));
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            events.add("line " + line);
        }

        @Override
        protected void rawReceived(ByteBuffer data) throws Exception {
            events.add("raw " + text(data));
        }

        @Override
        protected void blockReceived(ByteBuffer block) throws Exception {
            events.add("block " + text(block));
        }

        static String text(ByteBuffer data) {
            return StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString();
        }
    }

    /** The same bytes, in one chunk and in all ways to cut them in two and byte by byte, come to the same. */
    private static void everyCut(String bytes, Supplier<Recorder> protocols, String... expected) {
        for (int cut = 0; cut <= bytes.length(); cut++) {
            Recorder protocol = protocols.get();
            FramedHarness harness = FramedHarness.open(protocol);
            harness.receive(bytes.substring(0, cut));
            harness.receive(bytes.substring(cut));
            assertThat(joinedRaw(protocol.events)).as("cut at " + cut).containsExactly(expected);
        }
        Recorder protocol = protocols.get();
        FramedHarness harness = FramedHarness.open(protocol);
        bytes.chars().forEach(c -> harness.receive(String.valueOf((char) c)));
        assertThat(joinedRaw(protocol.events)).as("byte by byte").containsExactly(expected);
    }

    private static List<String> joinedRaw(List<String> events) {
        List<String> joined = new ArrayList<>();
        for (String event : events) {
            int last = joined.size() - 1;
            if (event.startsWith("raw ") && last >= 0 && joined.get(last).startsWith("raw ")) {
                joined.set(last, joined.get(last) + event.substring(4));
            } else {
                joined.add(event);
            }
        }
        return joined;
    }

    @Test
    void d3_setRawModeHandsOverTheRestOfTheChunkAtOnce() {
        everyCut(
                "a\nraw\nb\nc\n",
                () -> new Recorder() {
                    @Override
                    protected void lineReceived(String line) throws Exception {
                        super.lineReceived(line);
                        if (line.equals("raw")) {
                            setRawMode();
                        }
                    }
                },
                "line a",
                "line raw",
                "raw b\nc\n");
    }

    @Test
    void d3_setLineModeGoesBackWithTheRest() {
        everyCut(
                "raw\n12345a\nraw\nabcdeb\n",
                () -> new Recorder() {
                    private int wanted;

                    @Override
                    protected void lineReceived(String line) throws Exception {
                        super.lineReceived(line);
                        if (line.equals("raw")) {
                            wanted = 5;
                            setRawMode();
                        }
                    }

                    @Override
                    protected void rawReceived(ByteBuffer data) throws Exception {
                        int piece = Math.min(wanted, data.remaining());
                        super.rawReceived(data.slice(data.position(), piece));
                        wanted -= piece;
                        if (wanted == 0) {
                            setLineMode(data.position(data.position() + piece));
                        }
                    }
                },
                "line raw",
                "raw 12345",
                "line a",
                "line raw",
                "raw abcde",
                "line b");
    }

    @Test
    void d3_readBytesTakesOneBlockThenLinesFollow() {
        everyCut(
                "5\n12\n450\n3\nabcend\n",
                () -> new Recorder() {
                    @Override
                    protected void lineReceived(String line) throws Exception {
                        super.lineReceived(line);
                        if (Character.isDigit(line.charAt(0))) {
                            readBytes(Integer.parseInt(line));
                        }
                    }
                },
                "line 5",
                "block 12\n45",
                "line 0",
                "block ",
                "line 3",
                "block abc",
                "line end");
    }

    @Test
    void d3_anEmptyBlockAtTheEndOfAChunkComesAtOnce() {
        Recorder protocol = new Recorder() {
            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                readBytes(0);
            }
        };
        FramedHarness.open(protocol).receive("0\n");
        assertThat(protocol.events).containsExactly("line 0", "block ");
    }

    @Test
    void d3_anEmptyBlockWaitsForTheEndOfAPause() {
        Recorder protocol = new Recorder() {
            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                connection().pauseReading();
                readBytes(0);
            }
        };
        FramedHarness harness = FramedHarness.open(protocol);
        harness.receive("0\n");
        assertThat(protocol.events).containsExactly("line 0");
        harness.resume();
        assertThat(protocol.events).containsExactly("line 0", "block ");
    }

    @Test
    void d3_aBlockAskedForOutsideOfACallbackBeginsWithTheLineBegun() {
        Recorder protocol = new Recorder() {};
        FramedHarness harness = FramedHarness.open(protocol);
        harness.receive("12");
        harness.run(() -> readBytesOf(protocol, 4));
        harness.receive("34a\n");
        assertThat(protocol.events).containsExactly("block 1234", "line a");
    }

    @Test
    void d3_aBlockGivenUpHalfWayIsNotLost() {
        for (boolean raw : new boolean[] {true, false}) {
            Recorder protocol = new Recorder() {};
            FramedHarness harness = FramedHarness.open(protocol);
            harness.run(() -> readBytesOf(protocol, 10));
            harness.receive("ab\nc");
            harness.run(() -> {
                if (raw) {
                    ((FramedProtocol) protocol).setRawMode();
                } else {
                    ((FramedProtocol) protocol).setFrameMode(ByteBuffer.wrap(new byte[] {'d'}));
                }
            });
            harness.receive("e\n");
            assertThat(joinedRaw(protocol.events))
                    .containsExactly(raw ? new String[] {"raw ab\nce\n"} : new String[] {"line ab", "line cde"});
        }
    }

    private static void readBytesOf(Recorder protocol, int length) {
        ((FramedProtocol) protocol).readBytes(length);
    }

    @Test
    void d3_aNegativeBlockIsRefused() {
        Recorder protocol = new Recorder();
        FramedHarness.open(protocol);
        assertThatIllegalArgumentException().isThrownBy(() -> readBytesOf(protocol, -1));
    }

    @Test
    void d3_aPauseTakesEffectBeforeTheNextLine() {
        Recorder protocol = new Recorder() {
            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                connection().pauseReading();
            }
        };
        FramedHarness harness = FramedHarness.open(protocol);
        harness.receive("a\nb\nc");
        harness.receive("\nd\n");
        for (int lines = 1; lines <= 4; lines++) {
            assertThat(protocol.events).hasSize(lines);
            harness.resume();
        }
        assertThat(protocol.events).containsExactly("line a", "line b", "line c", "line d");
    }

    @Test
    void d3_aCloseTakesEffectBeforeTheNextLine() {
        Recorder protocol = new Recorder() {
            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                close();
            }
        };
        FramedHarness harness = FramedHarness.open(protocol);
        harness.receive("a\nb\n");
        harness.receive("c\n");
        assertThat(protocol.events).containsExactly("line a");
    }

    @Test
    void d3_deepAlternationNeitherRecursesNorCopies() {
        int flips = 200_000;
        Recorder protocol = new Recorder() {
            @Override
            protected void lineReceived(String line) {
                setRawMode();
            }

            @Override
            protected void rawReceived(ByteBuffer data) {
                data.get();
                events.add("flip");
                setLineMode(data);
            }
        };
        FramedHarness.open(protocol).receive("x\ny".repeat(flips));
        assertThat(protocol.events).hasSize(flips);
    }

    @Test
    void d2_aLineTooLongIsToldOnceAndClosesWithThatReason() {
        Recorder protocol = new Recorder();
        FramedHarness harness = FramedHarness.open(protocol);
        harness.receive("12345678\n123456789\nnext\n");
        harness.endInput();
        assertThat(protocol.events).containsExactly("line 12345678");
        assertThat(harness.reason()).isEqualTo(new LossReason.TooLong(8));
    }

    @Test
    void d2_aProtocolMaySkipToTheNextDelimiterInstead() {
        everyCut(
                "123456789xxxxxxxxxxxxxxxxxxxxxx\nnext\n123456789\n12345678\n",
                () -> new Recorder() {
                    @Override
                    protected void lineLengthExceeded(int limit) {
                        events.add("too long " + limit);
                    }
                },
                "too long 8",
                "line next",
                "too long 8",
                "line 12345678");
    }

    @Test
    void d2_rawModeAskedForByTheVerdictBeginsAtTheSameByteHoweverCut() {
        everyCut(
                "123456789ab\nc",
                () -> new Recorder() {
                    @Override
                    protected void lineLengthExceeded(int limit) {
                        events.add("too long " + limit);
                        setRawMode();
                    }
                },
                "too long 8",
                "raw ab\nc");
    }

    @Test
    void rawModeWithoutARawReceiverIsAFailureThatSaysSo() {
        LineProtocol forgetful = new LineProtocol() {
            @Override
            protected void lineReceived(String line) {
                setRawMode();
            }
        };
        FramedHarness harness = FramedHarness.open(forgetful);
        harness.receive("a\r\nb");
        assertThat(harness.reason())
                .isInstanceOfSatisfying(
                        LossReason.ProtocolFailure.class,
                        failure -> assertThat(failure.cause())
                                .hasMessage("setRawMode was called, but rawReceived is not overridden"));
    }
}
