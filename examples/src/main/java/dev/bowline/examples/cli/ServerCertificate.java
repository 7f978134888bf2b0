package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.TlsOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a server shows, from the two PEM files that the user named, or a sentence about why it can't. */
final class ServerCertificate {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

    /** A {@link KeyStore} wants one for each key. */
    private static final char[] PASSWORD = {};

    private ServerCertificate() {}

    /**
     * What to speak TLS with.
     *
     * @param certificate its own first, then those between it and its CA
     * @param key in PKCS#8
     */
    static SSLContext read(Path certificate, Path key) throws CommandFailedException {
        try {
            // Bowline reads them, too, and knows in one sentence what is wrong with them.
            TlsOptions.DEFAULT.withCertificate(certificate, key);
            return context(chain(certificate), key);
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                .toArray(Certificate[]::new);
    }

    private static SSLContext context(Certificate[] chain, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", read(key, chain[0].getPublicKey().getAlgorithm()), PASSWORD, chain);
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), null, null);
        return context;
    }

    private static PrivateKey read(Path file, String algorithm) throws IOException, GeneralSecurityException {
        Matcher block = PKCS8.matcher(Files.readString(file, ISO_8859_1));
        if (!block.find()) {
            throw new IOException("the private key in " + file + " is not PKCS#8: make one that is with 'openssl pkcs8 "
                    + "-topk8 -nodes -in " + file + " -out FILE'");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}
