package dev.bowline.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.testing.FramedHarness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a protocol can do with every framing: rules D2, D3, D4, D7 and D8, through a real connection over a fake link. */
class EveryFramingTest {
    private static final int LIMIT = 9;

    static Stream<Framing> framings() {
        return Stream.of(
                Framing.delimited("\r\n".getBytes(ISO_8859_1), LIMIT),
                DelimiterFraming.lenient(LIMIT),
                new NetstringFraming().withMaxLength(LIMIT),
                new OctetCountingFraming().withMaxLength(LIMIT),
                new LengthPrefixFraming(1).withMaxLength(LIMIT),
                new LengthPrefixFraming(2).withMaxLength(LIMIT),
                new LengthPrefixFraming(4).withMaxLength(LIMIT));
    }

    /** {@code raw N} is followed by N raw bytes, {@code block N} by a block; {@code pause} and {@code close} do that. */
    private static final class Modes extends FramedProtocol {
        private final Framing framing;
        private final boolean skips;
        private final List<String> events = new ArrayList<>();
        private final StringBuilder raw = new StringBuilder();
        private int wanted;

        Modes(Framing framing, boolean skips) {
            this.framing = framing;
            this.skips = skips;
        }

        @Override
        protected Framing framing() {
            return framing;
        }

        @Override
        protected void frameReceived(ByteBuffer frame) {
            String content = text(frame);
            events.add(content);
            int number = content.indexOf(' ') + 1;
            if (content.startsWith("raw ")) {
                wanted = Integer.parseInt(content.substring(number));
                setRawMode();
            } else if (content.startsWith("block ")) {
                readBytes(Integer.parseInt(content.substring(number)));
            } else if (content.equals("pause")) {
                connection().pauseReading();
            } else if (content.equals("close")) {
                close();
            }
        }

        @Override
        protected void rawReceived(ByteBuffer data) {
            while (wanted > 0 && data.hasRemaining()) {
                raw.append((char) data.get());
                wanted--;
            }
            if (wanted == 0) {
                events.add("raw bytes " + raw);
                raw.setLength(0);
                setFrameMode(data);
            }
        }

        @Override
        protected void blockReceived(ByteBuffer block) {
            events.add("block of " + text(block));
        }

        @Override
        protected void frameTooLong(int limit) throws Exception {
            events.add("over " + limit);
            if (!skips) {
                super.frameTooLong(limit);
            }
        }

        void say(String frame) {
            sendFrame(StandardCharsets.ISO_8859_1.encode(frame));
        }

        private static String text(ByteBuffer bytes) {
            return ISO_8859_1.decode(bytes.duplicate()).toString();
        }
    }

    /** The frame on the wire, the limit aside. */
    private static String wire(Framing framing, String frame) {
        if (framing instanceof DelimiterFraming) {
            return frame + "\r\n";
        }
        return LengthDecoderTest.sent(framing, frame);
    }

    @ParameterizedTest
    @MethodSource("framings")
    void d3_rawBytesAndBlocksBetweenFramesAtEveryCut(Framing framing) {
        String stream = wire(framing, "raw 8")
                + "1:2\r\n3 4"
                + wire(framing, "one")
                + wire(framing, "block 7")
                + ",5:\r\nxy"
                + wire(framing, "block 0")
                + wire(framing, "two")
                + wire(framing, "raw 1")
                + "r"
                + wire(framing, "three");
        String[] expected = {
            "raw 8",
            "raw bytes 1:2\r\n3 4",
            "one",
            "block 7",
            "block of ,5:\r\nxy",
            "block 0",
            "block of ",
            "two",
            "raw 1",
            "raw bytes r",
            "three"
        };
        for (int cut = 0; cut <= stream.length(); cut++) {
            Modes protocol = new Modes(framing, false);
            FramedHarness harness = FramedHarness.open(protocol);
            harness.receive(stream.substring(0, cut));
            harness.receive(stream.substring(cut));
            assertThat(protocol.events).as("cut at %d", cut).containsExactly(expected);
        }
        Modes protocol = new Modes(framing, false);
        FramedHarness harness = FramedHarness.open(protocol);
        stream.chars().forEach(b -> harness.receive(String.valueOf((char) b)));
        assertThat(protocol.events).as("byte by byte").containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("framings")
    void d3_aChangeOfModeOutsideOfACallbackTakesTheFrameBegunAlong(Framing framing) {
        String frame = wire(framing, "whole");
        for (int cut = 0; cut < frame.length(); cut++) {
            Modes protocol = new Modes(framing, false);
            FramedHarness harness = FramedHarness.open(protocol);
            harness.receive(frame.substring(0, cut));
            harness.run(() -> ((FramedProtocol) protocol).readBytes(frame.length()));
            harness.receive(frame.substring(cut) + frame);
            assertThat(protocol.events).as("cut at %d", cut).containsExactly("block of " + frame, "whole");
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void d3_pauseAndCloseTakeEffectBeforeTheNextFrame(Framing framing) {
        Modes protocol = new Modes(framing, false);
        FramedHarness harness = FramedHarness.open(protocol);
        String last = wire(framing, "last");
        harness.receive(wire(framing, "pause") + wire(framing, "close") + last.substring(0, 1));
        harness.receive(last.substring(1));
        assertThat(protocol.events).containsExactly("pause");
        harness.resume();
        assertThat(protocol.events).containsExactly("pause", "close");
    }

    @ParameterizedTest
    @MethodSource("framings")
    void d2_aFrameTooLongClosesWithThatReason(Framing framing) {
        Modes protocol = new Modes(framing, false);
        FramedHarness harness = FramedHarness.open(protocol);
        harness.receive(wire(framing, "in limit!") + wire(framing, "over limit") + wire(framing, "next"));
        harness.endInput();
        assertThat(protocol.events).containsExactly("in limit!", "over 9");
        assertThat(harness.reason()).isEqualTo(new LossReason.TooLong(LIMIT));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void d2_aProtocolMaySkipAFrameTooLongInstead(Framing framing) {
        String stream = wire(framing, "next raw 1")
                + wire(framing, "one")
                + wire(framing, "x".repeat(200))
                + wire(framing, "two");
        for (int cut = 0; cut <= stream.length(); cut++) {
            Modes protocol = new Modes(framing, true);
            FramedHarness harness = FramedHarness.open(protocol);
            harness.receive(stream.substring(0, cut));
            harness.receive(stream.substring(cut));
            assertThat(protocol.events).as("cut at %d", cut).containsExactly("over 9", "one", "over 9", "two");
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void d4_aFrameIsSentAsTheFramingSaysAndOneOverTheLimitIsRefused(Framing framing) {
        Modes protocol = new Modes(framing, false);
        FramedHarness harness = FramedHarness.open(protocol);
        harness.run(() -> {
            protocol.say("hello");
            try {
                protocol.say("x".repeat(100_000));
                protocol.events.add("sent");
            } catch (MessageRefusedException refusal) {
                protocol.events.add("refused");
            }
        });
        assertThat(protocol.events).containsExactly("refused");
        assertThat(harness.link().taken()).isEqualTo(wire(framing, "hello"));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void d8_aConnectionSeesNothingOfAnother(Framing framing) {
        String frame = wire(framing, "mine");
        for (int cut = 1; cut < frame.length(); cut++) {
            Modes first = new Modes(framing, false);
            FramedHarness cutOff = FramedHarness.open(first);
            Modes second = new Modes(framing, false);
            FramedHarness beside = FramedHarness.open(second);
            cutOff.receive(frame.substring(0, cut));
            beside.receive(frame);
            assertThat(second.events).as("beside one cut at %d", cut).containsExactly("mine");

            cutOff.endInput();
            cutOff.link().loseIfReleased();
            Modes next = new Modes(framing, false);
            FramedHarness.open(next).receive(frame);
            assertThat(next.events).as("after one cut at %d", cut).containsExactly("mine");
            assertThat(first.events).isEmpty();
        }
    }

    /** One protocol object for two connections, which a factory may well return. */
    @ParameterizedTest
    @MethodSource("framings")
    void d8_aProtocolConnectedAgainBeginsANewStream(Framing framing) {
        String frame = wire(framing, "mine");
        for (String lost : List.of(frame, wire(framing, "block 7") + "block", wire(framing, "raw 4") + "raw")) {
            for (int cut = 1; cut < lost.length(); cut++) {
                Modes protocol = new Modes(framing, false);
                FramedHarness cutOff = FramedHarness.open(protocol);
                cutOff.receive(lost.substring(0, cut));
                cutOff.endInput();
                cutOff.link().loseIfReleased();
                protocol.events.clear();
                FramedHarness.open(protocol).receive(frame);
                assertThat(protocol.events).as("%s cut at %d", lost, cut).containsExactly("mine");
            }
        }
    }

    @Test
    void d7_whatIsMalformedEndsTheConnectionAsAProtocolFailureThatSaysWhatWasWrongWhere() {
        Modes protocol = new Modes(new NetstringFraming(), false);
        FramedHarness harness = FramedHarness.open(protocol);
        harness.receive("3:one,3:two;5:three,");
        assertThat(protocol.events).containsExactly("one");
        assertThat(harness.reason())
                .isInstanceOfSatisfying(
                        LossReason.ProtocolFailure.class,
                        failure -> assertThat(failure.cause()).isInstanceOf(MalformedFrameException.class));
        assertThat(harness.reason().describe())
                .isEqualTo(
                        "the protocol failed: MalformedFrameException: A netstring has 0x3B at byte offset 5, where the comma behind it must be");
    }
}
