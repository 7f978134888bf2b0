package dev.bowline.framing;

/**
 * How long frames may be, in bytes without what marks their bounds.
 *
 * @param most what neither limit may be above
 */
record Limits(int most, int received, int sent) {
    /** The longest frame that any framing can be asked for: one that still fits into an array with what marks its bounds. */
    static final int LONGEST = 1 << 30;

    Limits {
        check(received, most);
        check(sent, most);
    }

    private static void check(int length, int most) {
        if (length < 1 || length > most) {
            throw new IllegalArgumentException("A limit of " + length + " bytes; it must be 1 to " + most);
        }
    }

    Limits withReceived(int length) {
        return new Limits(most, length, sent);
    }

    Limits withSent(int length) {
        return new Limits(most, received, length);
    }

    void checkSent(int length) {
        if (length > sent) {
            throw new MessageRefusedException("The message has " + length + " bytes where " + sent
                    + " are allowed; shorten it or raise the limit");
        }
    }

    /** Such as {@code up to 16384 bytes received and 16384 sent}. */
    @Override
    public String toString() {
        return "up to " + received + " bytes received and " + sent + " sent";
    }
}
