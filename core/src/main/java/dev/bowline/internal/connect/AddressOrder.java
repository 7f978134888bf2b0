package dev.bowline.internal.connect;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/** In which order a name's addresses are tried: the families in turn, IPv6 first (RFC 8305, section 4; rule A7). */
final class AddressOrder {
    private AddressOrder() {}

    /** Within a family the resolver's order stays. */
    static List<InetAddress> of(Collection<InetAddress> resolved) {
        Queue<InetAddress> turn = new ArrayDeque<>();
        Queue<InetAddress> other = new ArrayDeque<>();
        for (InetAddress address : resolved) {
            (address instanceof Inet6Address ? turn : other).add(address);
        }
        List<InetAddress> ordered = new ArrayList<>(resolved.size());
        while (!turn.isEmpty() || !other.isEmpty()) {
            if (!turn.isEmpty()) {
                ordered.add(turn.remove());
            }
            Queue<InetAddress> next = other;
            other = turn;
            turn = next;
        }
        return ordered;
    }
}
