package dev.bowline.benchmarks.contender;

import dev.bowline.TlsOptions;
import dev.bowline.testkit.TestCertificates;
import javax.net.ssl.SSLContext;

/** What all contenders trust: the authority of the testkit, and with it the server. */
final class ClientTls {
    private ClientTls() {}

    static SSLContext context() {
        return TestCertificates.clientContext();
    }

    /** The same for Bowline. */
    static TlsOptions options() {
        return TestCertificates.clientOptions();
    }
}
