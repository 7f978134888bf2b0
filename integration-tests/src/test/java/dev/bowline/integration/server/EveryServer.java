package dev.bowline.integration.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.integration.server.ReferenceServer.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every form of the reference server that this machine can have, so that what they answer can be compared. */
final class EveryServer implements AutoCloseable {
    private final List<ReferenceServer> servers = new ArrayList<>();

    interface Script {
        void play(ScriptClient client) throws IOException;
    }

    interface Opening {
        ScriptClient open(ReferenceServer server) throws IOException;
    }

    EveryServer() {
        ReferenceServer shared = ReferenceServer.shared();
        for (Kind kind : Kind.values()) {
            try {
                servers.add(kind == shared.kind() ? shared : ReferenceServer.open(kind));
            } catch (UnavailableException e) {
                System.out.println("Not compared: " + kind + ". " + e.getMessage());
            }
        }
    }

    /** Plays a script to all of them; what the client saw must be the same. */
    void play(Opening opening, Script script) {
        Map<String, List<String>> transcripts = new LinkedHashMap<>();
        for (ReferenceServer server : servers) {
            try (ScriptClient client = opening.open(server)) {
                script.play(client);
                transcripts.put(server.description(), client.transcript());
            } catch (AssertionError | IOException e) {
                throw new AssertionError(server.description(), e);
            }
        }
        assertThat(transcripts.values())
                .as("%s", transcripts.keySet())
                .containsOnly(transcripts.values().iterator().next());
    }

    @Override
    public void close() {
        servers.stream().filter(server -> server != ReferenceServer.shared()).forEach(ReferenceServer::close);
    }
}
