package dev.bowline.internal.client;

import dev.bowline.ClientObserver;
import dev.bowline.ConnectOptions;
import dev.bowline.Delivery;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.queue.MessageQueue;
import java.time.Duration;
import java.util.List;

/**
 * What a client is made of, beside its protocols; each explained where a public builder asks for it.
 *
 * @param queue the client's from now on
 * @param readyTimeout zero for none
 * @param shutdownDrain zero for none
 */
public record ClientOptions(
        Endpoint endpoint,
        MessageQueue queue,
        ConnectOptions connectOptions,
        Reconnect reconnect,
        Delivery delivery,
        Duration readyTimeout,
        Duration shutdownDrain,
        List<ClientObserver> observers) {}
