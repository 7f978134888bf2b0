package dev.bowline;

import java.util.List;

/**
 * What became of everything that was sent through a client, once it has ended: {@code sent = delivered + dropped +
 * undelivered + uncertain}, exactly (rule F5).
 *
 * <pre>{@code
 * DrainResult result = client.drain(Duration.ofSeconds(5)).get();
 * try (OutputStream left = Files.newOutputStream(Path.of("undelivered"))) {
 *     for (byte[] message : result.undelivered().messages()) {
 *         left.write(message);
 *     }
 * }
 * }</pre>
 *
 * @param delivered messages delivered, as {@link Delivery} has it
 * @param dropped messages that a full queue dropped and that were never handed over
 * @param undelivered those that were never wholly handed over
 * @param uncertain those that were handed over and not confirmed, where {@link Delivery#confirmed} was asked for: they may
 *     have arrived or not
 */
public record DrainResult(long delivered, long dropped, Leftover undelivered, Leftover uncertain) {
    /**
     * Messages handed back.
     *
     * @param count how many there are
     * @param messages the messages, in order; each as it would have gone onto the wire, so that {@code sendRaw} of
     *     another client sends it again. Fewer than the count where a durable queue keeps them for the next run, or where
     *     more than 16 MiB of uncertain ones came together.
     */
    public record Leftover(long count, List<byte[]> messages) {
        /** Nothing. */
        public static final Leftover NONE = new Leftover(0, List.of());

        /**
         * With a copy of the list, but not of what is in it.
         *
         * @param count {@link #count}
         * @param messages {@link #messages}
         */
        public Leftover {
            messages = List.copyOf(messages);
        }

        /**
         * All of these.
         *
         * @param messages what is left, in order
         * @return as many as there are
         */
        public static Leftover of(List<byte[]> messages) {
            return new Leftover(messages.size(), messages);
        }
    }

    /** {@return all messages that the client took} */
    public long sent() {
        return delivered + dropped + undelivered.count() + uncertain.count();
    }

    /** {@return whether nothing was dropped, left over or uncertain} */
    public boolean isComplete() {
        return sent() == delivered;
    }
}
