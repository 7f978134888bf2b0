package dev.bowline;

/** Whether, and when, a client connects again after an attempt failed or a connection was lost (rule F2). */
public final class Reconnect {
    private static final Reconnect NEVER = new Reconnect();

    private Reconnect() {}

    /** One attempt; the first failure or loss ends the client. */
    public static Reconnect never() {
        return NEVER;
    }

    @Override
    public String toString() {
        return "never";
    }
}
