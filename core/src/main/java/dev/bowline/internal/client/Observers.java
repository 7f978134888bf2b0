package dev.bowline.internal.client;

import dev.bowline.ClientEvent;
import dev.bowline.ClientObserver;
import dev.bowline.Endpoint;
import dev.bowline.internal.CallbackThread;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;

/** Who hears what happens to a client (rule F7). What one throws keeps nothing from the others. */
final class Observers {
    private static final System.Logger LOG = System.getLogger("dev.bowline.client");

    private final List<ClientObserver> all;
    private final FlightRecords records;
    private final Endpoint endpoint;

    Observers(Endpoint endpoint, List<ClientObserver> all) {
        this.endpoint = endpoint;
        this.all = List.copyOf(all);
        this.records = new FlightRecords(endpoint);
    }

    /** Whether anybody listens: else what costs something need not be made. */
    boolean isAnybodyThere() {
        return !all.isEmpty();
    }

    /** Tells of a message that was dropped, or is uncertain for good. */
    void tellDropped(byte[] message, boolean uncertain) {
        tell(new ClientEvent.Dropped(ByteBuffer.wrap(message).asReadOnlyBuffer(), uncertain));
    }

    void tell(ClientEvent event) {
        records.record(event);
        for (ClientObserver observer : all) {
            CallbackThread.run(() -> {
                try {
                    observer.happened(event);
                } catch (Throwable thrown) {
                    String what = event.getClass().getSimpleName();
                    LOG.log(Level.ERROR, endpoint + ": an observer failed at " + what, thrown);
                }
            });
        }
    }
}
