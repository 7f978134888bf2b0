package dev.bowline.integration.storm;

import dev.bowline.integration.server.NetworkNamespace;
import dev.bowline.integration.server.NetworkNamespace.Way;
import java.util.List;
import java.util.SplittableRandom;

/** A network that drops packets, some or all of them, one way or both ways. */
final class PacketTrouble implements Trouble {
    private final NetworkNamespace network;

    PacketTrouble(NetworkNamespace network) {
        this.network = network;
    }

    @Override
    public Episode next(SplittableRandom dice) {
        List<Way> ways = switch (dice.nextInt(3)) {
            case 0 -> List.of(Way.TO_SERVER);
            case 1 -> List.of(Way.TO_CLIENT);
            default -> List.of(Way.TO_SERVER, Way.TO_CLIENT);
        };
        double share = dice.nextBoolean() ? 1 : 0.3;
        return new Episode(
                (share == 1 ? "all" : "some") + " packets dropped " + ways,
                Trouble.millis(dice, 100, 2_500),
                () -> ways.forEach(way -> network.drop(way, share)),
                network::pass);
    }
}
