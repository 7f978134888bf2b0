package dev.bowline.internal.tls;

import com.google.common.net.InetAddresses;
import java.net.IDN;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import org.jspecify.annotations.Nullable;

/**
 * The name that a peer's certificate is to have, in the form that certificates have it in: ASCII, without a dot at its end; or an IP
 * address, without a zone.
 *
 * @param sni the same for the peer, which may have certificates for many names; null for an IP address, which is none
 *     (RFC 6066, section 3)
 */
public record PeerName(String text, @Nullable SNIHostName sni) {
    /**
     * Reads a name as people write it.
     *
     * @throws IllegalArgumentException if no certificate can be for it; the message is a sentence
     */
    public static PeerName of(String host) {
        int zone = host.indexOf(':') < 0 ? -1 : host.indexOf('%');
        String address = zone < 0 ? host : host.substring(0, zone);
        if (InetAddresses.isInetAddress(address)) {
            return new PeerName(address, null);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            SNIHostName sni = new SNIHostName(IDN.toASCII(name));
            return new PeerName(sni.getAsciiName(), sni);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "no certificate can be for the name '" + Printable.text(host) + "': " + Printable.message(wrong),
                    wrong);
        }
    }

    /** What is sent as SNI. */
    List<SNIServerName> indication() {
        return sni == null ? List.of() : List.of(sni);
    }
}
