package dev.bowline.framing;

import static dev.bowline.framing.LengthDecoderTest.bytes;
import static dev.bowline.framing.LengthDecoderTest.framings;
import static dev.bowline.framing.LengthDecoderTest.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the framings of rule D7 send, and what they refuse (rule D4). */
class LengthFramingTest {
    private static final NetstringFraming NETSTRINGS = new NetstringFraming();
    private static final OctetCountingFraming COUNTED = new OctetCountingFraming();

    @Test
    void d7_aFrameGoesOutBehindItsLength() {
        assertThat(sent(NETSTRINGS, "hello")).isEqualTo("5:hello,");
        assertThat(sent(NETSTRINGS, "")).isEqualTo("0:,");
        assertThat(sent(NETSTRINGS, "hi,:")).isEqualTo("4:hi,:,");
        assertThat(sent(NETSTRINGS, "x".repeat(99_999))).startsWith("99999:x").hasSize(100_006);
        assertThat(sent(COUNTED, "<13>hello")).isEqualTo("9 <13>hello");
        assertThat(sent(COUNTED, "0123456789")).isEqualTo("10 0123456789");
        assertThat(sent(new LengthPrefixFraming(1), "foo")).isEqualTo("\u0003foo");
        assertThat(sent(new LengthPrefixFraming(1), "x".repeat(255))).startsWith("\u00ffx");
        assertThat(sent(new LengthPrefixFraming(2), "x".repeat(258))).startsWith("\u0001\u0002x");
        assertThat(sent(new LengthPrefixFraming(4), "x".repeat(65_795))).startsWith("\0\u0001\u0001\u0003x");
        assertThat(sent(new LengthPrefixFraming(4), "")).isEqualTo("\0\0\0\0");
    }

    @Test
    void d7_whatIsSentIsReadAsThatFrame() {
        for (Framing framing : framings()) {
            for (int length : new int[] {1, 9, 10, 11, 99, 100, 101, 255}) {
                String frame = ",:0 \n\0\u0001".repeat(40).substring(0, length);
                String wire = sent(framing, frame);
                assertThat(ChunkFeeder.events(framing, wire))
                        .as("%s, %d bytes", framing, length)
                        .containsExactly(ChunkFeeder.frame(frame, wire.length()));
            }
        }
    }

    @Test
    void d4_whatIsOverTheLimitIsRefused() {
        for (Framing framing : List.of(
                NETSTRINGS.withMaxSendLength(4),
                COUNTED.withMaxSendLength(4),
                new LengthPrefixFraming(1).withMaxSendLength(4),
                new LengthPrefixFraming(2).withMaxSendLength(4),
                new LengthPrefixFraming(4).withMaxSendLength(4))) {
            assertThat(sent(framing, "xxxx")).contains("xxxx");
            assertRefused(framing, "xxxxx", "has 5 bytes where 4 are allowed");
        }
        assertRefused(new LengthPrefixFraming(1), "x".repeat(256), "has 256 bytes where 255 are allowed");
        assertRefused(new LengthPrefixFraming(2), "x".repeat(65_536), "has 65536 bytes where 65535 are allowed");
        assertRefused(NETSTRINGS, "x".repeat(100_000), "has 100000 bytes where 99999 are allowed");
    }

    @Test
    void d4_octetCountingHasNoEmptyMessage() {
        assertRefused(COUNTED, "", "is empty, and octet counting has no length of 0");
    }

    @Test
    void d4_eachWayHasItsOwnLimit() {
        NetstringFraming framing = NETSTRINGS.withMaxSendLength(3).withMaxLength(5);
        assertThat(framing.maxLength()).isEqualTo(5);
        assertThat(framing.maxSendLength()).isEqualTo(3);
        assertThat(COUNTED.withMaxLength(5).maxSendLength()).isEqualTo(99_999);
        assertThat(new LengthPrefixFraming(4).withMaxLength(5).maxSendLength()).isEqualTo(99_999);
        assertThat(new LengthPrefixFraming(2).maxLength()).isEqualTo(65_535);
    }

    @Test
    void d4_everyKindOfBufferIsTakenAndItsPositionDoesNotMove() {
        ByteBuffer direct = ByteBuffer.allocateDirect(9).put(bytes("__hello__")).clear();
        for (ByteBuffer whole : List.of(bytes("__hello__"), bytes("__hello__").asReadOnlyBuffer(), direct)) {
            ByteBuffer frame = whole.limit(7).position(1).slice().position(1);
            ByteBuffer target = ByteBuffer.allocateDirect(10).position(2);
            NETSTRINGS.encode(frame, target);
            assertThat(frame.position()).isEqualTo(1);
            assertThat(target.hasRemaining()).isFalse();
            assertThat(target.flip().position(2)).isEqualTo(bytes("5:hello,"));
        }
    }

    @Test
    void d4_nothingIsWrittenWhereThereIsNoRoomForAll() {
        for (Framing framing : framings()) {
            ByteBuffer target = ByteBuffer.allocate(framing.encodedLength(5) - 1);
            assertThatExceptionOfType(BufferOverflowException.class)
                    .isThrownBy(() -> framing.encode(bytes("hello"), target));
            assertThat(target).isEqualTo(ByteBuffer.allocate(framing.encodedLength(5) - 1));
        }
    }

    @Test
    void aFrameMayBeEncodedWhereItLies() {
        for (Framing framing : framings()) {
            ByteBuffer wire = ByteBuffer.allocate(16).put(bytes("hello"));
            framing.encode(wire.duplicate().flip(), wire.rewind());
            assertThat(ChunkFeeder.text(wire.flip())).as("%s", framing).isEqualTo(sent(framing, "hello"));
        }
    }

    @Test
    void widthsAndLimitsThatCanNotBeAreRefused() {
        for (int width : new int[] {0, 3, 5, 8, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LengthPrefixFraming(width))
                    .withMessage("A length prefix has 1, 2 or 4 bytes, not " + width);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LengthPrefixFraming(1).withMaxLength(256))
                .withMessage("A limit of 256 bytes; it must be 1 to 255");
        assertThatIllegalArgumentException().isThrownBy(() -> new LengthPrefixFraming(2).withMaxSendLength(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> NETSTRINGS.withMaxLength(Integer.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> COUNTED.withMaxSendLength(0));
    }

    @Test
    void aFramingIsAValue() {
        assertThat(new NetstringFraming()).isEqualTo(NETSTRINGS).hasSameHashCodeAs(NETSTRINGS);
        assertThat(NETSTRINGS).isNotEqualTo(COUNTED).isNotEqualTo(NETSTRINGS.withMaxSendLength(9));
        assertThat(new LengthPrefixFraming(2))
                .isEqualTo(new LengthPrefixFraming(2).withMaxLength(65_535))
                .isNotEqualTo(new LengthPrefixFraming(4).withMaxLength(65_535).withMaxSendLength(65_535));
        assertThat(NETSTRINGS).hasToString("netstrings, up to 99999 bytes received and 99999 sent");
        assertThat(COUNTED).hasToString("octet-counted messages, up to 99999 bytes received and 99999 sent");
        assertThat(new LengthPrefixFraming(1))
                .hasToString("frames behind a length of 1 byte, up to 255 bytes received and 255 sent");
    }

    private static void assertRefused(Framing framing, String frame, String because) {
        ByteBuffer target = ByteBuffer.allocate(100_100).position(3);
        assertThatExceptionOfType(MessageRefusedException.class)
                .isThrownBy(() -> framing.encode(bytes(frame), target))
                .withMessageContaining(because);
        assertThat(target).isEqualTo(ByteBuffer.allocate(100_100).position(3));
    }
}
