package dev.bowline.line;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The example of {@link ReplyParser}: {@code VALUE key flags length}, a block, {@code END}; or {@code END} alone. */
final class MemcachedValue implements ReplyParser<Optional<String>> {
    private static final int MOST_BYTES = 1_048_576;

    private Optional<String> value = Optional.empty();

    @Override
    public Reply<Optional<String>> lineReceived(String line) throws ProtocolException {
        if (line.equals("END")) {
            return new Reply.Complete<>(value);
        }
        String[] words = line.split(" ", -1);
        if (!words[0].equals("VALUE")) {
            return new Reply.Failed<>(new IllegalStateException(line));
        }
        int length = Integer.parseInt(words[3]);
        if (length > MOST_BYTES) {
            throw new ProtocolException("a value of " + length + " bytes");
        }
        return new Reply.Block<>(length + 2);
    }

    @Override
    public Reply<Optional<String>> blockReceived(ByteBuffer block) {
        value = Optional.of(
                StandardCharsets.UTF_8.decode(block.limit(block.limit() - 2)).toString());
        return new Reply.MoreLines<>();
    }
}
