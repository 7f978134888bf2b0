package dev.bowline.integration.stress;

import dev.bowline.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Makes proxies misbehave, one after the other, and heals them again. On one thread at a time. */
final class ProxyTrouble implements Runnable {
    private final List<FaultProxy> proxies;
    private final boolean[] ill;
    private final SplittableRandom random;

    ProxyTrouble(List<FaultProxy> proxies, SplittableRandom random) {
        this.proxies = proxies;
        this.ill = new boolean[proxies.size()];
        this.random = random;
    }

    /** Heals one proxy, if it is ill, or makes it so. */
    @Override
    public void run() {
        int which = random.nextInt(proxies.size());
        FaultProxy proxy = proxies.get(which);
        if (ill[which]) {
            heal(proxy);
        } else {
            infect(proxy, random.nextBoolean() ? proxy.toServer() : proxy.toClient());
        }
        ill[which] = !ill[which];
    }

    private void infect(FaultProxy proxy, FaultProxy.Direction direction) {
        switch (random.nextInt(12)) {
            case 0, 1 -> direction.stall();
            case 2, 3 -> direction.segments(1);
            case 4 -> direction.delay(Duration.ofMillis(random.nextInt(1, 30)));
            case 5 -> direction.drop();
            case 6 -> direction.shutdownAfter(random.nextInt(20_000));
            case 7 -> direction.resetAfter(random.nextInt(20_000));
            case 8 -> direction.shutdownOutput();
            case 9 -> proxy.hold();
            case 10 -> proxy.refuse();
            default -> proxy.reset();
        }
    }

    /** Nothing of a connection may follow what was dropped of it: all are reset first. */
    private static void heal(FaultProxy proxy) {
        proxy.kill();
        proxy.toServer().heal();
        proxy.toClient().heal();
        proxy.restart();
    }
}
