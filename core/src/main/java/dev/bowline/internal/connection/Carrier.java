package dev.bowline.internal.connection;

import dev.bowline.Connection;
import dev.bowline.LossReason.TimedOut.Timer;
import java.time.Duration;

/** A connection, as its source of messages sees it. Event side. */
public interface Carrier {
    /** The connection itself. */
    Connection connection();

    /** Its timers. */
    Deadlines deadlines();

    /** Ends it with a reset, unless one end has begun to leave already: its protocol was too slow at something. */
    void protocolTimedOut(Timer timer, Duration limit);
}
