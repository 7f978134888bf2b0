package dev.bowline;

import dev.bowline.internal.Addresses;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Words for causes, as they stand in sentences. */
final class Causes {
    private Causes() {}

    /** The message of an exception, with its class where the message alone says too little. */
    static String sentence(Throwable cause) {
        String message = cause.getMessage();
        if (cause instanceof IOException && message != null) {
            return message;
        }
        return message == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + message;
    }

    /** Each address with its cause: {@code [::1]:80: Network is unreachable; 127.0.0.1:80: Connection refused}. */
    static String each(List<ConnectFailure.Tried> tried) {
        return tried.stream()
                .map(t -> Addresses.text(t.address()) + ": " + sentence(t.cause()))
                .collect(Collectors.joining("; "));
    }

    /** {@code 30 s}, {@code 0.25 s}. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
