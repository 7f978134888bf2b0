package dev.bowline.examples.cli;

import dev.bowline.line.StartTls;

/** What {@code --starttls} can be. */
enum Agreement {
    SMTP(StartTls.SMTP),
    IMAP(StartTls.IMAP),
    POP3(StartTls.POP3),
    IRC(StartTls.IRC);

    private final StartTls how;

    Agreement(StartTls how) {
        this.how = how;
    }

    StartTls how() {
        return how;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return Words.word(this);
    }

    /** Reads what {@link #toString} writes. */
    static final class Converter extends Words<Agreement> {
        Converter() {
            super(Agreement.class);
        }
    }
}
