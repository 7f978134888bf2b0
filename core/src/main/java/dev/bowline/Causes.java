package dev.bowline;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Words for causes and addresses, as they stand in sentences. */
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

    /** {@code 127.0.0.1:80}, {@code [::1]:80}: numeric, without the name in front. */
    static String address(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            String host = inet.getAddress().getHostAddress();
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        return address.toString();
    }

    /** Each address with its cause: {@code [::1]:80: Network is unreachable; 127.0.0.1:80: Connection refused}. */
    static String each(List<ConnectFailure.Tried> tried) {
        return tried.stream()
                .map(t -> address(t.address()) + ": " + sentence(t.cause()))
                .collect(Collectors.joining("; "));
    }

    /** {@code 30 s}, {@code 0.25 s}. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
