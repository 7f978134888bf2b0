package dev.bowline.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys from PEM files: PKCS#8, and the two older forms of one algorithm each, PKCS#1 for RSA and SEC 1 for EC.
 *
 * <p>The older forms lack only what PKCS#8 puts before them: which algorithm it is, with which curve. The certificate that the
 * key belongs to has just these bytes, so they are taken from there.
 */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** INTEGER 0, the version of PKCS#8. */
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    /**
     * The first private key of a file; certificates and other blocks before it are passed over.
     *
     * @param counterpart the public key that it should belong to
     * @return null if that can't be, since they are for different algorithms; else whether it does belong to it is not checked
     *     here
     * @throws IOException if there is none that can be read; a sentence says what is wrong, and what would be right
     */
    static @Nullable PrivateKey read(Path file, PublicKey counterpart) throws IOException {
        for (PemBlock block : PemBlock.read(file)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return parse(block, counterpart);
            }
        }
        throw new IOException("there is no private key in " + file
                + ": a PEM file has it between '-----BEGIN PRIVATE KEY-----' and '-----END PRIVATE KEY-----'");
    }

    private static @Nullable PrivateKey parse(PemBlock block, PublicKey counterpart) throws IOException {
        if (block.isEncrypted()) {
            throw encrypted(block.file());
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block, block.der());
            case "RSA PRIVATE KEY" -> older(block, "RSA", counterpart);
            case "EC PRIVATE KEY" -> older(block, "EC", counterpart);
            case "ENCRYPTED PRIVATE KEY" -> throw encrypted(block.file());
            default ->
                throw new IOException("the private key in " + block.file() + " has the form '"
                        + Printable.text(block.label())
                        + "', which is not read here: PRIVATE KEY, RSA PRIVATE KEY and EC PRIVATE KEY are");
        };
    }

    private static IOException encrypted(Path file) {
        return new IOException("the private key in " + file + " is encrypted: make a clear one with 'openssl pkey -in "
                + file + " -out FILE', or put it into a PKCS#12 file with its certificate");
    }

    private static @Nullable PrivateKey older(PemBlock block, String algorithm, PublicKey counterpart)
            throws IOException {
        return counterpart.getAlgorithm().equals(algorithm) ? pkcs8(block, inPkcs8(block.der(), counterpart)) : null;
    }

    private static PrivateKey pkcs8(PemBlock block, byte[] der) throws IOException {
        try {
            return generate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException broken) {
            throw block.broken(broken);
        }
    }

    /** The form does not say which factory is for it; only the right one takes it. */
    private static PrivateKey generate(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException another) {
                // Then the next one may take it.
            }
        }
        throw new InvalidKeySpecException("it is no key for RSA, EC or Ed25519");
    }

    /** SEQUENCE { version, what algorithm it is, OCTET STRING { the key } }. */
    private static byte[] inPkcs8(byte[] key, PublicKey counterpart) {
        return element(SEQUENCE, VERSION, algorithm(counterpart), element(OCTET_STRING, key));
    }

    /** A public key is SEQUENCE { what algorithm it is, BIT STRING { the key } }. */
    private static byte[] algorithm(PublicKey key) {
        ByteBuffer der = ByteBuffer.wrap(key.getEncoded());
        enter(der);
        int begin = der.position();
        int length = enter(der);
        byte[] whole = new byte[der.position() - begin + length];
        der.get(begin, whole);
        return whole;
    }

    /** Moves past tag and length, and returns the latter. */
    private static int enter(ByteBuffer der) {
        der.get();
        int length = Byte.toUnsignedInt(der.get());
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int octets = length & 0x7f; octets > 0; octets--) {
            value = value << 8 | Byte.toUnsignedInt(der.get());
        }
        return value;
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.writeBytes(each);
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.size() > 0xff) {
            // Two octets are enough for RSA keys of 100,000 bits.
            der.write(0x82);
            der.write(content.size() >> 8);
        } else if (content.size() > 0x7f) {
            der.write(0x81);
        }
        der.write(content.size());
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }
}
