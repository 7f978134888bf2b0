package dev.bowline.integration.storm;

import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.FaultProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A link that is reset, cut, slow, or carries nothing, one way or both ways. */
final class LinkTrouble implements Trouble {
    private final FaultProxy proxy;

    LinkTrouble(FaultProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public Episode next(SplittableRandom dice) {
        List<Direction> ways = ways(dice);
        String where =
                ways.size() == 2 ? " both ways" : ways.get(0) == proxy.toServer() ? " to the server" : " to the client";
        int bytes = dice.nextInt(40_000);
        Duration brief = Trouble.millis(dice, 50, 400);
        Duration lengthy = Trouble.millis(dice, 100, 1_500);
        return switch (dice.nextInt(12)) {
            case 0, 1 -> new Episode("reset", Duration.ZERO, proxy::reset, () -> {});
            // What is held meanwhile arrives late, from connections too that the client has long given up.
            case 2, 3 -> new Episode("stalled" + where, lengthy, () -> ways.forEach(Direction::stall), this::heal);
            // A stream that lacks something never goes on.
            case 4, 5 -> new Episode("lost" + where, lengthy, () -> ways.forEach(Direction::drop), this::cutAndHeal);
            case 6 ->
                new Episode(
                        "reset after bytes" + where, brief, () -> ways.forEach(w -> w.resetAfter(bytes)), this::heal);
            case 7 ->
                new Episode(
                        "end after bytes" + where, brief, () -> ways.forEach(w -> w.shutdownAfter(bytes)), this::heal);
            case 8 ->
                new Episode("ended" + where, Duration.ZERO, () -> ways.forEach(Direction::shutdownOutput), () -> {});
            case 9 -> new Episode("nobody accepts", lengthy, proxy::hold, proxy::restart);
            case 10 -> new Episode("refused", brief, proxy::kill, proxy::restart);
            default ->
                new Episode(
                        "in pieces" + where, brief, () -> ways.forEach(w -> w.segments(1 + bytes % 20)), this::heal);
        };
    }

    private List<Direction> ways(SplittableRandom dice) {
        return switch (dice.nextInt(3)) {
            case 0 -> List.of(proxy.toServer());
            case 1 -> List.of(proxy.toClient());
            default -> List.of(proxy.toServer(), proxy.toClient());
        };
    }

    private void heal() {
        proxy.toServer().heal();
        proxy.toClient().heal();
    }

    private void cutAndHeal() {
        proxy.kill();
        heal();
        proxy.restart();
    }
}
