package dev.bowline;

import java.time.Duration;

/**
 * When a queued message counts as delivered, and what becomes of those that a lost connection leaves open (rule F3).
 *
 * <pre>{@code
 * LineClient shipper = LineClient.builder(endpoint, Hello::new)
 *         .delivery(Delivery.confirmed().withWindow(100).withResendMaximum(5))
 *         .open();
 * }</pre>
 *
 * <ul>
 *   <li>{@link #written()}: when the operating system took its last byte. Never sent twice; what was on its way when a
 *       connection broke may be gone, and the loss report says how many messages that may be.
 *   <li>{@link #confirmed()}: when the protocol said that the peer answered for it ({@code confirm(n)}). Until then it is
 *       kept, and sent again after a loss: nothing is lost, some may arrive twice.
 * </ul>
 *
 * <p>Immutable; the methods that begin with {@code with} make another one.
 */
public final class Delivery {
    private static final int DEFAULT_WINDOW = 1000;

    private static final Delivery WRITTEN =
            new Delivery(false, Integer.MAX_VALUE, true, Integer.MAX_VALUE, Duration.ZERO);

    private static final Delivery CONFIRMED =
            new Delivery(true, DEFAULT_WINDOW, true, Integer.MAX_VALUE, Duration.ofSeconds(60));

    private final boolean confirming;
    private final int window;
    private final boolean resending;
    private final int resendMaximum;
    private final Duration confirmTimeout;

    private Delivery(boolean confirming, int window, boolean resending, int resendMaximum, Duration confirmTimeout) {
        this.confirming = confirming;
        this.window = window;
        this.resending = resending;
        this.resendMaximum = resendMaximum;
        this.confirmTimeout = confirmTimeout;
    }

    /**
     * Delivered when handed over to the operating system; the default of every client.
     *
     * @return the default of every client
     */
    public static Delivery written() {
        return WRITTEN;
    }

    /**
     * Delivered when confirmed by the protocol: at most 1,000 messages wait for that at a time, all are sent again after a
     * loss as often as it takes, and 60 s without any confirmation end the connection.
     *
     * @return with a window of 1,000, resending, and a limit of 60 s
     */
    public static Delivery confirmed() {
        return CONFIRMED;
    }

    /**
     * With another number of messages that may be given to a connection and not be confirmed; 1 or more. A connection that
     * is lost having confirmed none of its messages halves the window, down to 1, and each confirmed message widens it by
     * one again: so even a server that resets after every few lines gets them all in the end.
     *
     * @param messages 1 or more
     * @return the same with that window
     * @throws IllegalStateException if nothing is to be confirmed
     */
    public Delivery withWindow(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("a window has room for 1 message or more, not " + messages);
        }
        return new Delivery(onlyConfirmed("a window"), messages, resending, resendMaximum, confirmTimeout);
    }

    /**
     * Without sending anything again: what a lost connection handed over and did not confirm is uncertain, and leaves the
     * client as such; the rest is sent.
     *
     * @return the same without resending
     * @throws IllegalStateException if nothing is to be confirmed
     */
    public Delivery withoutResending() {
        return new Delivery(onlyConfirmed("resending"), window, false, 0, confirmTimeout);
    }

    /**
     * With an end to resending: a message that was handed over once, and so many times again, and is still not confirmed
     * when its connection is lost, is uncertain and leaves the client as such. It keeps one message that a server always
     * stumbles over from stopping all. By default there is no end.
     *
     * <p>All messages of the window count, not only the one at fault: halving a window of 1,000 to one takes ten losses,
     * so with fewer resends its neighbours may leave with it.
     *
     * @param times 1 or more
     * @return the same with that maximum
     * @throws IllegalStateException if nothing is to be confirmed
     */
    public Delivery withResendMaximum(int times) {
        if (times < 1) {
            throw new IllegalArgumentException(
                    "a message is sent again 1 time or more, not " + times + "; withoutResending() is for none");
        }
        return new Delivery(onlyConfirmed("a resend maximum"), window, true, times, confirmTimeout);
    }

    /**
     * With another limit for a connection that confirms nothing while messages wait for it (rule F6); zero for none.
     *
     * @param limit zero for none
     * @return the same with that limit
     * @throws IllegalStateException if nothing is to be confirmed
     */
    public Delivery withConfirmTimeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a confirm timeout is not negative: " + limit);
        }
        return new Delivery(onlyConfirmed("a confirm timeout"), window, resending, resendMaximum, limit);
    }

    private boolean onlyConfirmed(String what) {
        if (!confirming) {
            throw new IllegalStateException(what + " is for Delivery.confirmed() only");
        }
        return true;
    }

    /** {@return whether messages are delivered when confirmed, not when written} */
    public boolean isConfirming() {
        return confirming;
    }

    /** {@return how many messages may be given to a connection and not be confirmed ({@link #withWindow})} */
    public int window() {
        return window;
    }

    /** {@return whether what was not confirmed is sent again ({@link #withoutResending})} */
    public boolean isResending() {
        return resending;
    }

    /** {@return how often a message is sent again at most ({@link #withResendMaximum})} */
    public int resendMaximum() {
        return resendMaximum;
    }

    /** {@return how long none may be confirmed while some wait ({@link #withConfirmTimeout}); zero for any time} */
    public Duration confirmTimeout() {
        return confirmTimeout;
    }
}
