package dev.bowline.internal.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom this side trusts, and who it is. What was read from files is in here, so values made of one another share it.
 *
 * @param identity null for none
 */
public record Credentials(Trust trust, @Nullable FileContent<Identity> identity) {
    /** The system's trust, and no client certificate. */
    public static final Credentials DEFAULT = new Credentials(new Trust.OfTheSystem(), null);

    /** Trusting the authorities in a PEM file, read at once. */
    public Credentials trusting(Path pem) throws IOException {
        return new Credentials(
                new Trust.OfFile(FileContent.read(List.of(pem), () -> Certificates.read(pem))), identity);
    }

    /** Trusting whom a trust manager trusts. */
    public Credentials trusting(X509TrustManager manager) {
        return new Credentials(new Trust.OfUser(manager), identity);
    }

    /** With a chain and a key from PEM files, read at once. */
    public Credentials withIdentity(Path chain, Path key) throws IOException {
        List<Path> files = chain.equals(key) ? List.of(chain) : List.of(chain, key);
        return new Credentials(trust, FileContent.read(files, () -> Identity.fromPem(chain, key)));
    }

    /** With a chain and a key from a PKCS#12 file, read at once; the password is kept to read it again. */
    public Credentials withIdentity(Path pkcs12, char[] password) throws IOException {
        char[] kept = password.clone();
        return new Credentials(trust, FileContent.read(List.of(pkcs12), () -> Identity.fromPkcs12(pkcs12, kept)));
    }

    /** With files read again that have changed; equal to these if none has. */
    Credentials refreshed(Complaints complaints) {
        return new Credentials(trust.refreshed(complaints), identity == null ? null : identity.refreshed(complaints));
    }
}
