package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {
    private static final Peer MAIL = Peer.at("mail.example", 25);

    private static ByteBuffer bytes(String latin1) {
        return ByteBuffer.wrap(latin1.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0016\u0003\u0003\u0000z", "\u0015\u0003\u0001", "\u0016\u0003", "\u0016", "\u0014\u0003"})
    void g2_recordsAreTls(String start) {
        assertThatCode(() -> MAIL.checkSpeaksTls(bytes(start))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'220 mail ESMTP\r\n', 220 mail ESMTP",
        "2, 2",
        "'\n220', '\\n220'",
        "'* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS]', '* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL...'",
        "'\u0016\u0009\u0001', '\\x16\\t\\x01'",
        "'\u0013\u0003\u0001', '\\x13\\x03\\x01'",
        "'\u0018\u0003\u0001', '\\x18\\x03\\x01'",
        "'\u00ff\u0003', '\\xff\\x03'",
    })
    void g2_whatIsNoneIsToldByItsFirstWords(String start, String excerpt) {
        ByteBuffer received = bytes("--" + start).position(2);

        assertThatThrownBy(() -> MAIL.checkSpeaksTls(received))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.NOT_TLS))
                .hasMessage("mail.example:25 does not speak TLS: it sent \"" + excerpt + "\"");
        assertThat(received.position()).isEqualTo(2);
    }

    @Test
    void addressesAndSocketsAreCalledWhatTheyAre() {
        assertThat(Peer.at("::1", 993)).hasToString("[::1]:993");
        assertThat(Peer.at("127.0.0.1", 993)).hasToString("127.0.0.1:993");
        assertThat(Peer.called("unix:/run/mail")).hasToString("unix:/run/mail");
    }

    @Test
    void g3_aHandshakeThatTakesTooLongIsToldByItsLimit() {
        assertThat(MAIL.timedOut(Duration.ofMillis(2500), true))
                .hasMessage("mail.example:25 did not finish the TLS handshake within 2.5 s")
                .returns(Problem.HANDSHAKE_TIMED_OUT, TlsException::problem);
        assertThat(MAIL.timedOut(Duration.ofSeconds(10), false))
                .hasMessage("mail.example:25 did not answer to TLS within 10 s: is that what its port speaks?")
                .returns(Problem.HANDSHAKE_TIMED_OUT, TlsException::problem);
    }

    @Test
    void g3_aHandshakeThatIsBrokenOffIsToldByItsCauseIfThereIsOne() {
        IOException reset = new IOException("Connection reset");

        assertThat(MAIL.brokenOff(reset))
                .hasMessage("mail.example:25 broke off the TLS handshake: Connection reset")
                .hasCause(reset)
                .returns(Problem.OTHER, TlsException::problem);
        assertThat(MAIL.brokenOff(null)).hasMessage("mail.example:25 broke off the TLS handshake");
    }

    @Test
    void g4_clearTextHasAProblemOfItsOwn() {
        assertThat(MAIL.clearText())
                .hasMessageStartingWith("mail.example:25 sent more in the clear after it had agreed to TLS")
                .returns(Problem.CLEAR_TEXT_BEFORE_HANDSHAKE, TlsException::problem);
    }

    @Test
    void g1_aSecondHandshakeHasAProblemOfItsOwn() {
        assertThat(MAIL.renegotiation())
                .hasMessageStartingWith("mail.example:25 asked for a second handshake")
                .returns(Problem.RENEGOTIATION, TlsException::problem);
    }
}
