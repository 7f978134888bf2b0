package dev.bowline.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads certificates from PEM files. */
final class Certificates {
    /** The second one is what it was called before RFC 7468. */
    private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");

    private Certificates() {}

    /**
     * All certificates of a file, in order; keys and other blocks in between are passed over.
     *
     * @throws IOException if there is none, or one is broken; a sentence says what is wrong where
     */
    static List<X509Certificate> read(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.read(file)) {
            if (LABELS.contains(block.label())) {
                certificates.add(parse(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("there is no certificate in " + file
                    + ": a PEM file has it between '-----BEGIN CERTIFICATE-----' and '-----END CERTIFICATE-----'");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate parse(PemBlock block) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException broken) {
            throw block.broken(broken);
        }
    }
}
