package dev.bowline.integration.storm;

import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.server.ReferenceServer.Suspension;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A server that is killed, told to end, or kept from running. */
final class ServerTrouble implements Trouble {
    private final ReferenceServer server;
    private final Deck<Function<SplittableRandom, Episode>> kinds;

    ServerTrouble(ReferenceServer server) {
        this.server = server;
        List<Function<SplittableRandom, Episode>> possible = new ArrayList<>();
        possible.add(dice -> gone(dice, "server killed", server::kill));
        possible.add(dice -> gone(dice, "server terminated", server::terminate));
        // In their order: the same dice are to make the same storm.
        server.suspensions().stream().sorted().forEach(how -> possible.add(dice -> suspended(dice, how)));
        this.kinds = new Deck<>(possible);
    }

    @Override
    public Episode next(SplittableRandom dice) {
        return kinds.draw(dice).apply(dice);
    }

    private Episode gone(SplittableRandom dice, String what, Runnable how) {
        return new Episode(what, Trouble.millis(dice, 0, 500), how, server::restart);
    }

    private Episode suspended(SplittableRandom dice, Suspension how) {
        return new Episode(
                "server suspended by " + how,
                Trouble.millis(dice, 100, 2_500),
                () -> server.suspend(how),
                server::resume);
    }
}
