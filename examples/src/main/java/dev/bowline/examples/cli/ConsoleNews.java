package dev.bowline.examples.cli;

import dev.bowline.ClientEvent;
import dev.bowline.ClientEvent.Connected;
import dev.bowline.ClientEvent.Failed;
import dev.bowline.ClientObserver;

/** Tells a console of connections made, lost and awaited, and of the client's failure. */
final class ConsoleNews implements ClientObserver {
    private final String endpoint;
    private final ConsoleSession session;
    private final ConsoleScreen screen;
    private final ConnectionNews troubles;

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
            screen.say("connected to " + endpoint + (again ? " again" : "") + tls + session.waitingLines());
        } else if (event instanceof Failed) {
            session.failed();
        }
        troubles.happened(event);
    }
}
