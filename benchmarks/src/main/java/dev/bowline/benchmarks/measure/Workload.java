package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.contender.Purpose;
import dev.bowline.benchmarks.server.Service;
import java.util.Locale;

/** What is measured; each with the one service of the server that it talks to. */
public enum Workload {
    RECEIVE_STRING("receive, each line a String", Kind.RATE, Service.FLOOD_64, Purpose.STRINGS, 0, 1),
    RECEIVE_BYTES("receive, lines as bytes", Kind.RATE, Service.FLOOD_64, Purpose.BYTES, 0, 1),
    SEND_1("send from one thread", Kind.RATE, Service.SINK, Purpose.SENDING, 1, 1),
    SEND_4("send from four threads", Kind.RATE, Service.SINK, Purpose.SENDING, 4, 1),
    BOTH_WAYS("both ways at once", Kind.RATE, Service.BOTH, Purpose.STRINGS, 1, 1),
    ROUND_TRIP_ONE_CORE("round trip, both ends on one core", Kind.LATENCY, Service.ECHO, Purpose.STRINGS, 0, 1),
    ROUND_TRIP_TWO_CORES("round trip, a core each", Kind.LATENCY, Service.ECHO, Purpose.STRINGS, 0, 1),
    RECEIVE_10("receive lines of 10 bytes", Kind.RATE, Service.FLOOD_10, Purpose.STRINGS, 0, 1),
    RECEIVE_1000("receive lines of 1,000 bytes", Kind.RATE, Service.FLOOD_1000, Purpose.STRINGS, 0, 1),
    SEND_10("send lines of 10 bytes", Kind.RATE, Service.SINK, Purpose.SENDING, 1, 1),
    SEND_1000("send lines of 1,000 bytes", Kind.RATE, Service.SINK, Purpose.SENDING, 1, 1),
    TLS_RECEIVE("receive over TLS", Kind.RATE, Service.TLS_FLOOD, Purpose.STRINGS, 0, 1),
    TLS_SEND("send over TLS", Kind.RATE, Service.TLS_SINK, Purpose.SENDING, 1, 1),
    IDLE_1000("1,000 idle connections", Kind.IDLE, Service.IDLE, Purpose.STRINGS, 0, 1000),
    IDLE_9000("9,000 idle connections", Kind.IDLE, Service.IDLE, Purpose.STRINGS, 0, 9000),
    CROWD_1("receive over 1 connection", Kind.RATE, Service.CROWD, Purpose.STRINGS, 0, 1),
    CROWD_10("receive over 10 connections", Kind.RATE, Service.CROWD, Purpose.STRINGS, 0, 10),
    CROWD_100("receive over 100 connections", Kind.RATE, Service.CROWD, Purpose.STRINGS, 0, 100),
    CROWD_1000("receive over 1,000 connections", Kind.RATE, Service.CROWD, Purpose.STRINGS, 0, 1000),
    CROWD_5000("receive over 5,000 connections", Kind.RATE, Service.CROWD, Purpose.STRINGS, 0, 5000),
    RESTART("the server restarts under 1,000 clients", Kind.RESTART, Service.IDLE, Purpose.STRINGS, 0, 1000);

    /** How it is measured. */
    public enum Kind {
        /** Lines in a second, and what was allocated for each. */
        RATE,
        /** How long a line takes there and back, one at a time. */
        LATENCY,
        /** What connections cost on which nothing happens. */
        IDLE,
        /** How long it takes until all are connected again. */
        RESTART
    }

    private final String title;
    private final Kind kind;
    private final Service service;
    private final Purpose purpose;
    private final int senders;
    private final int connections;

    Workload(String title, Kind kind, Service service, Purpose purpose, int senders, int connections) {
        this.title = title;
        this.kind = kind;
        this.service = service;
        this.purpose = purpose;
        this.senders = senders;
        this.connections = connections;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** For programs and command lines: {@code receive-string}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The workload of that id. */
    public static Workload ofId(String id) {
        for (Workload workload : values()) {
            if (workload.id().equals(id)) {
                return workload;
            }
        }
        throw new IllegalArgumentException("there is no workload '" + id + "'");
    }

    public Kind kind() {
        return kind;
    }

    public Service service() {
        return service;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** How many threads send. */
    public int senders() {
        return senders;
    }

    public int connections() {
        return connections;
    }

    /** How long its lines are, without their ends. */
    public int lineLength() {
        return switch (this) {
            case RECEIVE_10, SEND_10 -> 10;
            case RECEIVE_1000, SEND_1000 -> 1000;
            default -> 64;
        };
    }

    /** Whether the JVM has to be a new one for each sample, since what was there before shows. */
    public boolean wantsNewJvm() {
        return kind == Kind.IDLE || kind == Kind.RESTART;
    }
}
