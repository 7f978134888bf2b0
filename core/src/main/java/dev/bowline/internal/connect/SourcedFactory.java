package dev.bowline.internal.connect;

import dev.bowline.ClientFactory;
import dev.bowline.internal.connection.OutboundSource;

/** A factory whose connections also carry queued messages. */
public interface SourcedFactory extends ClientFactory {
    /** The source for the connection whose protocol was just built. */
    OutboundSource newSource();
}
