package dev.bowline.integration.storm;

import dev.bowline.testkit.FaultProxy;
import dev.bowline.testkit.FaultProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A link that is reset, cut, slow, or carries nothing, one way or both ways. */
final class LinkTrouble implements Trouble {
    private enum Kind {
        RESET,
        STALLED,
        LOST,
        RESET_AFTER,
        END_AFTER,
        ENDED,
        NOT_ACCEPTED,
        REFUSED,
        IN_PIECES
    }

    private final FaultProxy proxy;
    private final Deck<Kind> kinds = new Deck<>(List.of(Kind.values()));

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
        return switch (kinds.draw(dice)) {
            case RESET -> new Episode("reset", Duration.ZERO, proxy::reset, () -> {});
            // What is held meanwhile arrives late, from connections too that the client has long given up.
            case STALLED -> new Episode("stalled" + where, lengthy, () -> ways.forEach(Direction::stall), this::heal);
            // A stream that lacks something never goes on.
            case LOST -> new Episode("lost" + where, lengthy, () -> ways.forEach(Direction::drop), this::cutAndHeal);
            case RESET_AFTER ->
                new Episode(
                        "reset after bytes" + where,
                        brief,
                        () -> ways.forEach(way -> way.resetAfter(bytes)),
                        this::heal);
            case END_AFTER ->
                new Episode(
                        "end after bytes" + where,
                        brief,
                        () -> ways.forEach(way -> way.shutdownAfter(bytes)),
                        this::heal);
            case ENDED ->
                new Episode("ended" + where, Duration.ZERO, () -> ways.forEach(Direction::shutdownOutput), () -> {});
            case NOT_ACCEPTED -> new Episode("nobody accepts", lengthy, proxy::hold, proxy::restart);
            case REFUSED -> new Episode("refused", brief, proxy::kill, proxy::restart);
            case IN_PIECES ->
                new Episode(
                        "in pieces" + where,
                        brief,
                        () -> ways.forEach(way -> way.segments(1 + bytes % 20)),
                        this::heal);
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
