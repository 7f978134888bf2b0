package dev.bowline.integration.storm;

import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.server.ReferenceServer.Suspension;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A server that is killed, told to end, or kept from running. */
final class ServerTrouble implements Trouble {
    private final ReferenceServer server;
    private final List<Suspension> suspensions;

    ServerTrouble(ReferenceServer server) {
        this.server = server;
        this.suspensions = new ArrayList<>(server.suspensions());
        suspensions.sort(null); // the same dice, the same storm
    }

    @Override
    public Episode next(SplittableRandom dice) {
        int choice = dice.nextInt(suspensions.isEmpty() ? 2 : 4);
        return switch (choice) {
            case 0 -> new Episode("server killed", Trouble.millis(dice, 0, 500), server::kill, server::restart);
            case 1 ->
                new Episode("server terminated", Trouble.millis(dice, 0, 500), server::terminate, server::restart);
            default -> {
                Suspension how = suspensions.get(dice.nextInt(suspensions.size()));
                yield new Episode(
                        "server suspended by " + how,
                        Trouble.millis(dice, 100, 2_500),
                        () -> server.suspend(how),
                        server::resume);
            }
        };
    }
}
