package dev.bowline.benchmarks.contender;

import java.util.Locale;

/** Who is measured. */
public enum Peer {
    /** Moves and counts bytes: the server's own limit. */
    RAW_NIO("raw NIO"),
    /** {@code BufferedReader} and {@code BufferedWriter} of the JDK. */
    BUFFERED_IO("BufferedReader/Writer"),
    /** Netty with its own line codec. */
    NETTY("Netty"),
    /** Reactor Netty, with Netty's frame decoder. */
    REACTOR_NETTY("Reactor Netty"),
    /** Vert.x' NetClient and RecordParser. */
    VERTX("Vert.x"),
    /** Apache MINA with its text line codec. */
    MINA("Apache MINA"),
    /** Spring Integration's TCP connections with its CRLF serializer. */
    SPRING("Spring Integration"),
    /** Bowline over selectors. */
    BOWLINE_NIO("Bowline on NIO"),
    /** Bowline over blocking channels. */
    BOWLINE_BLOCKING("Bowline on blocking"),
    /** Bowline over Netty. */
    BOWLINE_NETTY("Bowline on Netty");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** For programs and command lines: {@code bowline-nio}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The peer of that id. */
    public static Peer ofId(String id) {
        for (Peer peer : values()) {
            if (peer.id().equals(id)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("there is no contender '" + id + "'");
    }

    /** Whether it is one of Bowline's transports. */
    public boolean isBowline() {
        return name().startsWith("BOWLINE");
    }

    /**
     * Starts it.
     *
     * @param lineLength how long the lines of this measurement are, for whoever does not look at them
     */
    public Contender open(int lineLength) throws Exception {
        return switch (this) {
            case RAW_NIO -> new RawNio(lineLength);
            case BUFFERED_IO -> new BufferedIo();
            case NETTY -> new NettyClient();
            case REACTOR_NETTY -> new ReactorNettyClient();
            case VERTX -> new VertxClient();
            case MINA -> new MinaClient();
            case SPRING -> new SpringClient();
            case BOWLINE_NIO -> new BowlineClient("nio");
            case BOWLINE_BLOCKING -> new BowlineClient("blocking");
            case BOWLINE_NETTY -> new BowlineClient("netty");
        };
    }
}
