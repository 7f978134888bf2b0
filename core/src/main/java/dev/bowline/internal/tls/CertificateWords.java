package dev.bowline.internal.tls;

import com.google.common.net.InetAddresses;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** What stands in certificates, as it stands in sentences. */
final class CertificateWords {
    /** In the alternative names of a certificate (RFC 5280, section 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private static final int MOST_NAMES = 5;

    private CertificateWords() {}

    static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal());
    }

    private static String name(X500Principal principal) {
        return Printable.text(principal.toString());
    }

    static Instant start(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant();
    }

    static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    /** {@code 2025-03-01}, of UTC. */
    static String date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    /** The hosts that a certificate is for, {@code a.example and *.b.example}; where it names none, its subject. */
    static String hosts(X509Certificate certificate) {
        List<String> names = hostNames(certificate);
        if (names.isEmpty()) {
            return subject(certificate);
        }
        if (names.size() > MOST_NAMES) {
            return String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
        }
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static List<String> hostNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
                String text = each.get(1).toString();
                if (each.get(0).equals(DNS_NAME)) {
                    names.add(Printable.text(text));
                } else if (each.get(0).equals(IP_ADDRESS)) {
                    names.add(InetAddresses.toAddrString(InetAddresses.forString(text)));
                }
            }
        } catch (CertificateParsingException unreadable) {
            // Then those before it are told.
        }
        return names;
    }
}
