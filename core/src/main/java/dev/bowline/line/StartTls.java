package dev.bowline.line;

import java.util.List;
import java.util.function.Predicate;

/**
 * How a client and a server that have met in the clear agree on TLS: what {@link LineClient.Builder#startTls} has each
 * connection do before its protocol hears of it.
 *
 * <pre>{@code
 * LineClient mail = LineClient.builder(Endpoint.parse("mail.example:587"), Hello::new).startTls(StartTls.SMTP).open();
 * }</pre>
 *
 * <p>The protocol begins where the agreement ends: the server's greeting was read, and what comes next is the first command
 * under TLS. Anything but the expected answer ends the connection ({@link dev.bowline.LossReason.TlsFailed}), so that nothing is
 * ever sent in the clear that was meant to be protected.
 */
public enum StartTls {
    /** RFC 3207: {@code EHLO}, then {@code STARTTLS}. The protocol begins with its own {@code EHLO}. */
    SMTP(
            new Step("", line -> line.startsWith("220-"), line -> line.startsWith("220")),
            new Step("EHLO [127.0.0.1]", line -> line.startsWith("250-"), line -> line.startsWith("250")),
            new Step("STARTTLS", line -> false, line -> line.startsWith("220"))),

    /** RFC 3501, section 6.2.1: {@code STARTTLS} after the greeting. The protocol is not authenticated yet. */
    IMAP(
            new Step("", line -> false, line -> line.startsWith("* OK")),
            new Step("tls STARTTLS", line -> line.startsWith("* "), line -> line.startsWith("tls OK"))),

    /** RFC 2595, section 4: {@code STLS} after the greeting. */
    POP3(
            new Step("", line -> false, line -> line.startsWith("+OK")),
            new Step("STLS", line -> false, line -> line.startsWith("+OK"))),

    /** As IRCv3 has it: {@code STARTTLS} before anything else, answered by numeric 670. */
    IRC(new Step(
            "STARTTLS", line -> line.contains(" NOTICE ") || line.startsWith("PING "), line -> line.contains(" 670 ")));

    /**
     * A command and its answer.
     *
     * @param command empty where the server speaks first
     * @param goesOn whether a line is none of the answer's last
     * @param agrees whether the last one agrees
     */
    record Step(String command, Predicate<String> goesOn, Predicate<String> agrees) {}

    @SuppressWarnings("ImmutableEnumChecker") // it can't see that this list, and what its steps test, never change
    private final List<Step> steps;

    StartTls(Step... steps) {
        this.steps = List.of(steps);
    }

    List<Step> steps() {
        return steps;
    }
}
