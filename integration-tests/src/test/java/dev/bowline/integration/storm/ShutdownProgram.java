package dev.bowline.integration.storm;

import dev.bowline.Backoff;
import dev.bowline.Delivery;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.integration.storm.StormLine.Mode;
import dev.bowline.line.LineClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A program that queues its lines, says so, and does nothing more: whoever started it tells it to stop. Arguments: transport,
 * endpoint, the number of lines, and milliseconds for {@code drainOnShutdown}, 0 for its default.
 */
final class ShutdownProgram {
    static final String QUEUED = "queued";

    /** So few lines are on their way at once: a link with a delay lets them through slowly. */
    private static final int WINDOW = 100;

    private ShutdownProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        LineClient.Builder builder = LineClient.builder(
                        Endpoint.parse(arguments[1]), () -> new StormProtocol(Mode.CONFIRMED, false))
                .transport(arguments[0])
                .delivery(Delivery.confirmed().withWindow(WINDOW))
                .reconnect(Reconnect.after(Backoff.standard().withFirst(Duration.ofMillis(50))));
        long millis = Long.parseLong(arguments[3]);
        if (millis > 0) {
            builder.drainOnShutdown(Duration.ofMillis(millis));
        }
        LineClient client = builder.open();
        int lines = Integer.parseInt(arguments[2]);
        for (int number = 0; number < lines; number++) {
            client.send(new StormLine(Mode.CONFIRMED, 0, number).text());
        }
        System.out.println(QUEUED);
        new CountDownLatch(1).await();
    }
}
