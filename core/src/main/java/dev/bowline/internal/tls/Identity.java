package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who this side is: a client certificate, the ones behind it that lead to its authority, and its private key.
 *
 * @param chain the client's own certificate first
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    /** By the algorithm of a key, the signature that proves who has it. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private static final byte[] SOMETHING = "something to sign".getBytes(US_ASCII);

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Reads a chain and a key from PEM files; they may be one. */
    static Identity fromPem(Path chainFile, Path keyFile) throws IOException {
        List<X509Certificate> chain = Certificates.read(chainFile);
        PrivateKey key = PrivateKeys.read(keyFile, chain.get(0).getPublicKey());
        return checked(chain, key, chainFile, keyFile);
    }

    /** Reads the one key of a PKCS#12 file, and its chain. */
    static Identity fromPkcs12(Path file, char[] password) throws IOException {
        KeyStore store = open(file, password);
        try {
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new IOException(
                        keys.isEmpty()
                                ? "there is no private key in " + file
                                : "there are " + keys.size() + " private keys in " + file + ", where one should be: "
                                        + Printable.text(String.join(", ", keys)));
            }
            return entry(store, keys.get(0), file, password);
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the private key in " + file + " can't be used: " + Printable.message(unusable), unusable);
        }
    }

    private static KeyStore open(Path file, char[] password) throws IOException {
        byte[] bytes = FileContent.bytes(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return store;
        } catch (GeneralSecurityException | IOException unreadable) {
            if (unreadable.getCause() instanceof UnrecoverableKeyException) {
                throw new IOException("this is not the password of " + file, unreadable);
            }
            throw new IOException(
                    file + " can't be read as a PKCS#12 file: " + Printable.message(unreadable), unreadable);
        }
    }

    private static Identity entry(KeyStore store, String alias, Path file, char[] password)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        Certificate[] stored = store.getCertificateChain(alias);
        if (stored == null || !(store.getKey(alias, password) instanceof PrivateKey key)) {
            throw new IOException("there is no certificate for the private key in " + file);
        }
        for (Certificate each : stored) {
            chain.add((X509Certificate) each);
        }
        return checked(List.copyOf(chain), key, file, file);
    }

    private static Identity checked(List<X509Certificate> chain, @Nullable PrivateKey key, Path chainFile, Path keyFile)
            throws IOException {
        if (key != null && !SIGNATURES.containsKey(key.getAlgorithm())) {
            throw new IOException("the private key in " + keyFile + " is for " + key.getAlgorithm()
                    + ", which is not used here: RSA, EC and Ed25519 are");
        }
        if (key == null || !isPair(key, chain.get(0))) {
            throw new IOException("the private key in " + keyFile + " does not belong to the certificate"
                    + (chainFile.equals(keyFile) ? "" : " in " + chainFile) + ", that of "
                    + CertificateWords.subject(chain.get(0)));
        }
        return new Identity(chain, key);
    }

    /** Whether one verifies what the other signs. */
    private static boolean isPair(PrivateKey key, X509Certificate certificate) {
        try {
            String algorithm = SIGNATURES.get(key.getAlgorithm());
            Signature made = Signature.getInstance(algorithm);
            made.initSign(key);
            made.update(SOMETHING);
            Signature checked = Signature.getInstance(algorithm);
            checked.initVerify(certificate.getPublicKey());
            checked.update(SOMETHING);
            return checked.verify(made.sign());
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return CertificateWords.subject(certificate());
    }
}
