package dev.bowline.examples.cli;

import dev.bowline.ClientEvent;
import dev.bowline.ClientEvent.Connected;
import dev.bowline.ClientEvent.Failed;
import dev.bowline.ClientEvent.Ready;
import dev.bowline.ClientObserver;

/** Tells a console of connections made, lost and awaited, and of the client's failure. */
final class ConsoleNews implements ClientObserver {
    private final String endpoint;
    private final ConsoleSession session;
    private final ConsoleScreen screen;
    private final ConnectionNews troubles;

    /** The sentence about the latest connection. Events of connections come one after the other. */
    private String connection = "";

    ConsoleNews(String endpoint, ConsoleSession session, ConsoleScreen screen) {
        this.endpoint = endpoint;
        this.session = session;
        this.screen = screen;
        this.troubles = new ConnectionNews(screen::say);
    }

    @Override
    public void happened(ClientEvent event) {
        if (event instanceof Connected connected) {
            boolean again = troubles.wasConnected();
            String tls = connected
                    .connection()
                    .tlsSession()
                    .map(agreed -> ", protected by " + agreed.getProtocol())
                    .orElse("");
            connection = "connected to " + endpoint + (again ? " again" : "") + tls;
        } else if (event instanceof Ready) {
            // Not before: what is entered when it is read has to find the protocol.
            screen.say(connection + session.waitingLines());
        } else if (event instanceof Failed) {
            session.failed();
        }
        troubles.happened(event);
    }
}
