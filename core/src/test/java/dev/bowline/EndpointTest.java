package dev.bowline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8001, 127.0.0.1, 8001",
        "localhost:1, localhost, 1",
        "[::1]:65535, ::1, 65535",
        "tcp://mail.example:25, mail.example, 25",
        "TCP://[fe80::1]:7, fe80::1, 7",
    })
    void hostAndPortAreRead(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint.Tcp(host, port));
    }

    @ParameterizedTest
    @CsvSource({"tls://mail.example:993, mail.example, 993", "TLS://[::1]:7, ::1, 7"})
    void g1_protectedOnesAreRead(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint.Tls(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:/run/server", "UNIX:/run/server", "unix:///run/server"})
    void unixPathsAreRead(String text) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint.Unix("/run/server"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8001", "[::1]:80", "mail.example:25", "tls://[::1]:993", "unix:/run/server.sock"})
    void toStringWritesWhatParseReads(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    static Stream<Arguments> badOnes() {
        return Stream.of(
                Arguments.of("host", "the port is missing"),
                Arguments.of("127.0.0.1", "the port is missing"),
                Arguments.of("[::1]", "the port is missing"),
                Arguments.of("host:", "the port is missing"),
                Arguments.of("", "the port is missing"),
                Arguments.of("host:0", "port 0 is out of range: 1 to 65535"),
                Arguments.of("host:70000", "port 70000 is out of range: 1 to 65535"),
                Arguments.of("host:http", "the port 'http' is not a number"),
                Arguments.of("host:-1", "the port '-1' is not a number"),
                Arguments.of("host:99999999999", "the port '99999999999' is not a number"),
                Arguments.of("::1:80", "an IPv6 address stands in brackets before its port"),
                Arguments.of(":80", "the host is missing"),
                Arguments.of("[]:80", "the host is missing"),
                Arguments.of("[example]:80", "'example' in brackets is not an IPv6 address"),
                Arguments.of("a b:80", "a host contains no white space"),
                Arguments.of("host/path:80", "a host contains no '/'"),
                Arguments.of("unix:", "the path is missing"),
                Arguments.of("unix:server.sock", "the path 'server.sock' is not absolute"),
                Arguments.of("unix:/a\0b", "a path contains no NUL"),
                Arguments.of("http://host:80", "the scheme 'http' is unknown"),
                Arguments.of("ftp://host", "the scheme 'ftp' is unknown"));
    }

    @ParameterizedTest
    @MethodSource("badOnes")
    void aBadOneSaysWhatIsWrongAndWhatWouldBeRight(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(text))
                .withMessage("endpoint '" + text + "': " + problem
                        + "; write host:port, [::1]:port, tcp://host:port, tls://host:port or unix:/path");
    }

    @Test
    void aRecordMadeByHandIsCheckedToo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Tcp("host", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Tcp("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Tcp("host:80", 8001));
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Unix("server"));
    }
}
