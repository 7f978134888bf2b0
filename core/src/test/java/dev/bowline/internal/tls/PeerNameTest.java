package dev.bowline.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import javax.net.ssl.SNIHostName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerNameTest {
    @ParameterizedTest
    @CsvSource({
        "mail.example, mail.example",
        "localhost, localhost",
        "mail.example., mail.example",
        "m\u00fcnchen.example, xn--mnchen-3ya.example",
        "\u4f8b\u3048.example, xn--r8jz45g.example",
    })
    void g2_aNameIsSentInAscii(String host, String ascii) {
        assertThat(PeerName.of(host)).isEqualTo(new PeerName(ascii, new SNIHostName(ascii)));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "fe80::1%eth0, fe80::1"})
    void g2_anAddressIsCheckedAndNotSent(String host, String address) {
        assertThat(PeerName.of(host)).isEqualTo(new PeerName(address, null));
        assertThat(PeerName.of(host).indication()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "my_service", "a b", "-a.example"})
    void g2_whatNoCertificateCanBeForIsRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerName.of(host))
                .withMessageStartingWith("no certificate can be for the name '" + host + "': ");
    }
}
