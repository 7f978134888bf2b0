package dev.bowline.integration.storm;

import dev.bowline.integration.server.NetworkNamespace;
import dev.bowline.integration.server.NetworkNamespace.Way;
import java.util.List;
import java.util.SplittableRandom;

/** A network that drops packets, some or all of them, one way or both ways. */
final class PacketTrouble implements Trouble {
    private static final double SOME = 0.3;

    private final NetworkNamespace network;
    private final Deck<List<Way>> ways =
            new Deck<>(List.of(List.of(Way.TO_SERVER), List.of(Way.TO_CLIENT), List.of(Way.TO_SERVER, Way.TO_CLIENT)));
    private final Deck<Double> shares = new Deck<>(List.of(SOME, 1.0));

    PacketTrouble(NetworkNamespace network) {
        this.network = network;
    }

    @Override
    public Episode next(SplittableRandom dice) {
        List<Way> hit = ways.draw(dice);
        double share = shares.draw(dice);
        return new Episode(
                (share == SOME ? "some" : "all") + " packets dropped " + hit,
                Trouble.millis(dice, 100, 2_500),
                () -> hit.forEach(way -> network.drop(way, share)),
                network::pass);
    }
}
