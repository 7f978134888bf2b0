package dev.bowline.internal.client;

import dev.bowline.ClientEvent;
import dev.bowline.ConnectFailure;
import dev.bowline.Endpoint;
import dev.bowline.LossReport;
import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * What a client leaves in the flight recorder: each attempt with its duration, each loss, each wait for the next attempt.
 * They cost next to nothing while nobody records. One event of the client after the other.
 */
final class FlightRecords {
    /** An attempt, from its beginning to a connection or a failure. */
    @Name("dev.bowline.Connect")
    @Label("Connect")
    @Category("Bowline")
    @StackTrace(false)
    static final class Connect extends Event {
        @Label("Endpoint")
        String endpoint = "";

        @Label("Attempt")
        int attempt;

        @Label("Failure")
        @Nullable
        String failure;
    }

    /** A connection that is over. */
    @Name("dev.bowline.Loss")
    @Label("Connection Loss")
    @Category("Bowline")
    @StackTrace(false)
    static final class Loss extends Event {
        @Label("Endpoint")
        String endpoint = "";

        @Label("Reason")
        String reason = "";

        @Label("Messages Handed Over")
        long handedOver;

        @Label("Messages Confirmed")
        long confirmed;
    }

    /** The decision to try again. */
    @Name("dev.bowline.Reconnect")
    @Label("Reconnect")
    @Category("Bowline")
    @StackTrace(false)
    static final class Reconnect extends Event {
        @Label("Endpoint")
        String endpoint = "";

        @Label("Delay")
        @Timespan(Timespan.MILLISECONDS)
        long delay;

        @Label("Attempt")
        int attempt;
    }

    private final String endpoint;

    /** The attempt under way. */
    private @Nullable Connect connect;

    FlightRecords(Endpoint endpoint) {
        this.endpoint = endpoint.toString();
    }

    void record(ClientEvent event) {
        if (event instanceof ClientEvent.Connecting connecting) {
            connect = new Connect();
            connect.endpoint = endpoint;
            connect.attempt = connecting.attempt();
            connect.begin();
        } else if (event instanceof ClientEvent.Connected) {
            connected(null);
        } else if (event instanceof ClientEvent.Lost lost) {
            lost(lost.report());
        } else if (event instanceof ClientEvent.Waiting waiting) {
            ConnectFailure failure = waiting.failure();
            connected(failure == null ? null : failure.describe());
            waiting(waiting.delay(), waiting.attempt());
        } else if (event instanceof ClientEvent.Failed failed) {
            connected(failed.failure().getMessage());
        }
    }

    private void connected(@Nullable String failure) {
        Connect ended = connect;
        connect = null;
        if (ended != null) {
            ended.failure = failure;
            ended.commit();
        }
    }

    private void lost(LossReport report) {
        Loss loss = new Loss();
        if (loss.isEnabled()) {
            loss.endpoint = endpoint;
            loss.reason = report.reason().describe();
            loss.handedOver = report.handedOver();
            loss.confirmed = report.confirmed();
            loss.commit();
        }
    }

    private void waiting(Duration delay, int attempt) {
        Reconnect reconnect = new Reconnect();
        if (reconnect.isEnabled()) {
            reconnect.endpoint = endpoint;
            reconnect.delay = delay.toMillis();
            reconnect.attempt = attempt;
            reconnect.commit();
        }
    }
}
