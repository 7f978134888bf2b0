package dev.bowline.testkit.contract.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Bytes and lines to send. */
public final class Bytes {
    private Bytes() {}

    /** Bytes of which no two stretches look alike, so that loss, repetition and disorder all show. */
    public static byte[] pattern(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) ((i * 0x9E3779B1) >>> 24);
        }
        return bytes;
    }

    /** The same in a buffer. */
    public static ByteBuffer patternBuffer(int count) {
        return ByteBuffer.wrap(pattern(count));
    }

    /** Text as bytes. */
    public static ByteBuffer of(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    /** Text that was received. */
    public static String text(ByteBuffer data) {
        return UTF_8.decode(data).toString();
    }

    /** {@code m1} to {@code m<count>}. */
    public static List<String> messages(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> "m" + n).toList();
    }

    /** Messages that a client handed back, as the lines that they are. */
    public static List<String> lines(List<byte[]> handedBack) {
        return handedBack.stream()
                .map(bytes -> new String(bytes, UTF_8).strip())
                .toList();
    }
}
