package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.BowlineThreads;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients without a transport of their own: they share one, and the last of them ends it. */
public abstract class SharedTransportContract extends TransportContract {
    /** For a transport's own class. */
    protected SharedTransportContract() {}

    /** It stopped the reactor, and no second client could run. */
    @Test
    @Needs(Capability.INSTALLED)
    void f1_aSecondClientInTheSameProcessWorks() throws Exception {
        PeerServer server = server();
        for (String line : List.of("first", "second")) {
            try (LineClient client = LineClient.builder(server.endpoint(), RecordingLines::new)
                    .connectOptions(options())
                    .transport(transportName())
                    .reconnect(Reconnect.never())
                    .open()) {
                client.send(line);
                Peer peer = server.accept();
                assertThat(peer.readLines(1)).containsExactly(line);
                peer.close();
            }
        }
    }

    @Test
    @Needs(Capability.INSTALLED)
    void f5_closeOfTheLastClientLeavesNoThreadBehind() throws Exception {
        PeerServer server = server();
        LineClient one = shared(server);
        Peer peerOfOne = server.accept();
        LineClient other = shared(server);
        Peer peerOfOther = server.accept();
        peerOfOne.close();
        one.close();
        assertThat(BowlineThreads.of(transportName()))
                .as("the other client still needs them")
                .isNotEmpty();
        peerOfOther.close();
        other.close();
        BowlineThreads.awaitNone(transportName());
    }

    /** A client without a transport of its own. */
    private LineClient shared(PeerServer server) {
        return LineClient.builder(server.endpoint(), RecordingLines::new)
                .connectOptions(options())
                .transport(transportName())
                .reconnect(Reconnect.never())
                .open();
    }
}
