package dev.bowline;

import dev.bowline.internal.tls.Credentials;
import dev.bowline.internal.tls.Offer;
import dev.bowline.internal.tls.PeerName;
import dev.bowline.internal.tls.Supported;
import dev.bowline.internal.tls.TlsContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * How a connection is protected (rule G2). {@link #DEFAULT} is right for a public server: the system's authorities are
 * trusted, the certificate must be for the endpoint's host, TLS 1.3 or 1.2 is spoken. The other methods make others of it:
 *
 * <pre>{@code
 * TlsOptions.DEFAULT
 *         .trusting(Path.of("company-ca.pem"))
 *         .withCertificate(Path.of("client.pem"), Path.of("client.key"))
 *         .reloading()
 * }</pre>
 *
 * <p>Methods that are given files read them at once, and say in the message of an {@link IOException} what is wrong with them;
 * the values made of one another share what was read.
 *
 * <p>Immutable, but for what {@link #reloading()} is for. Keep one and use it for all connections alike: sessions are resumed
 * between connections of the same options, which saves a round trip and the check of certificates. So no two are equal.
 */
public final class TlsOptions {
    private static final int LONGEST_APPLICATION_PROTOCOL = 255;

    static {
        TlsContext.setDoor(options -> options.context);
    }

    /**
     * The system's authorities, no client certificate, TLS 1.3 and 1.2 with the JVM's cipher suites, no ALPN, 10 s for the
     * handshake, and the endpoint's host name checked.
     */
    public static final TlsOptions DEFAULT =
            new TlsOptions(Credentials.DEFAULT, Offer.DEFAULT, Duration.ofSeconds(10), false);

    private final Credentials credentials;
    private final Offer offer;
    private final Duration handshakeTimeout;
    private final boolean reloading;
    private final TlsContext context;

    private TlsOptions(Credentials credentials, Offer offer, Duration handshakeTimeout, boolean reloading) {
        this.credentials = credentials;
        this.offer = offer;
        this.handshakeTimeout = handshakeTimeout;
        this.reloading = reloading;
        this.context = new TlsContext(credentials, offer, reloading);
    }

    private TlsOptions with(Credentials other) {
        return new TlsOptions(other, offer, handshakeTimeout, reloading);
    }

    private TlsOptions with(Offer other) {
        return new TlsOptions(credentials, other, handshakeTimeout, reloading);
    }

    /**
     * Trusting the authorities in a PEM file, and no others. A server's own certificate may be among them; it is then trusted
     * whoever issued it, and even when it has expired.
     *
     * <p>By default it is those of the JVM, or of the file that the system property {@code javax.net.ssl.trustStore} names.
     *
     * @param pem one or more certificates; what stands between them is ignored
     * @return the same with that trust
     * @throws IOException if the file can't be read, or holds no certificate
     */
    public TlsOptions trusting(Path pem) throws IOException {
        return with(credentials.trusting(pem));
    }

    /**
     * Trusting whom a trust manager trusts. Behind a plain one the JDK checks the host name, as it does by default. An {@link
     * X509ExtendedTrustManager} is given the engine, and has to check the host name itself: those made by the JDK do.
     *
     * @param manager an {@link javax.net.ssl.X509ExtendedTrustManager} is asked together with the engine
     * @return the same with that trust
     */
    public TlsOptions trusting(X509TrustManager manager) {
        return with(credentials.trusting(Objects.requireNonNull(manager, "manager")));
    }

    /**
     * With a client certificate from PEM files, shown to each server that asks for one. The system property {@code
     * javax.net.ssl.keyStore} is not looked at.
     *
     * <p>With TLS 1.3 a server that refuses it does so after the handshake: the connection is made, and then lost as {@link
     * LossReason.TlsFailed}. What was handed over by then, nobody read.
     *
     * @param certificateChainPem the client's certificate, then those that lead from it to its authority
     * @param privateKeyPem its key, for RSA, EC or Ed25519, not encrypted: {@code PRIVATE KEY}, {@code RSA PRIVATE KEY} or
     *     {@code EC PRIVATE KEY}; it may be in the same file
     * @return the same with that certificate
     * @throws IOException if one of them can't be read, or the key does not belong to the certificate
     */
    public TlsOptions withCertificate(Path certificateChainPem, Path privateKeyPem) throws IOException {
        return with(credentials.withIdentity(certificateChainPem, privateKeyPem));
    }

    /**
     * With a client certificate from a PKCS#12 file, with the certificates behind it and its key.
     *
     * @param pkcs12 the file
     * @param password of the file and the key in it; copied, and kept in memory as long as these options are, so that the file
     *     can be read again
     * @return the same with that certificate
     * @throws IOException if it can't be read, the password is another, or there is not exactly one key in it
     */
    public TlsOptions withCertificate(Path pkcs12, char[] password) throws IOException {
        return with(credentials.withIdentity(pkcs12, password));
    }

    /**
     * Looking at its files before each connection, and reading those again whose time, size or identity changed: a renewed
     * certificate is used without a restart. If what is there now can't be read, what was read before stays in use, a warning
     * says so once (the logger {@code dev.bowline.tls}), and the next connection tries again. Connections that are open stay as
     * they are. Without this, files are read once.
     *
     * @return the same with files that are read again
     */
    public TlsOptions reloading() {
        return new TlsOptions(credentials, offer, handshakeTimeout, true);
    }

    /**
     * With other TLS versions than {@code TLSv1.3} and {@code TLSv1.2}. The JVM knows older ones too, and refuses to use
     * them unless its security properties are changed.
     *
     * @param names as the JDK has them
     * @return the same with those versions
     * @throws IllegalArgumentException if there is none, or one that this JVM does not know; the message lists those that it
     *     does
     */
    public TlsOptions withProtocols(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("at least one TLS version is needed");
        }
        return with(offer.withProtocols(Supported.protocols(names)));
    }

    /**
     * With other cipher suites than those that the JVM has enabled; none for those again.
     *
     * @param names as the JDK has them, in order of preference. Those of TLS 1.3 are others than those before it
     * @return the same with those suites
     * @throws IllegalArgumentException if this JVM does not know one; the message lists those that it does
     */
    public TlsOptions withCipherSuites(String... names) {
        return with(offer.withCipherSuites(Supported.cipherSuites(names)));
    }

    /**
     * With protocols to offer by ALPN (RFC 7301), such as {@code imap} or {@code xmpp-client}; none, the default, for no ALPN.
     * A server that knows ALPN and none of these refuses the connection; one that does not know ALPN chooses none.
     *
     * @param names in order of preference, 1 to 255 characters each, of which none is above {@code U+00FF}
     * @return the same with that offer
     */
    public TlsOptions withApplicationProtocols(String... names) {
        for (String name : names) {
            if (name.isEmpty()
                    || name.length() > LONGEST_APPLICATION_PROTOCOL
                    || name.chars().anyMatch(c -> c > 0xff)) {
                throw new IllegalArgumentException("an application protocol has 1 to " + LONGEST_APPLICATION_PROTOCOL
                        + " characters up to U+00FF, unlike '" + name + "'");
            }
        }
        return with(offer.withApplicationProtocols(List.of(names)));
    }

    /**
     * With another limit for the handshake; 10 s by default, zero for none (rule G3). It runs from the moment the connection is
     * there. Where TLS follows a word in the clear, it holds three times: for the agreement of {@link
     * dev.bowline.line.StartTls}, from {@link Connection#startTls} to the beginning of the handshake, and for that.
     *
     * @param limit zero for none
     * @return the same with that limit
     */
    public TlsOptions withHandshakeTimeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a handshake timeout is not negative: " + limit);
        }
        return new TlsOptions(credentials, offer, limit, reloading);
    }

    /**
     * With a name that is checked and sent as SNI in place of the endpoint's host, where that is not what the server's
     * certificate is for: an address, an alias, a tunnel, a Unix domain socket.
     *
     * @param name a host name, which may have letters of any language, or an IP literal, which is not sent
     * @return the same with that name
     * @throws IllegalArgumentException if no certificate can be for it
     */
    public TlsOptions withServerName(String name) {
        PeerName.of(name);
        return with(offer.withServerName(name));
    }

    /**
     * Without looking at which host the server's certificate is for. It costs what TLS is for: whoever has a certificate from one
     * of the trusted authorities, for any name at all, can sit between and read and change everything. With the system's
     * authorities anyone can get one. Where a certificate has another name than its host, {@link #withServerName} is the safe
     * answer.
     *
     * @return the same without that check
     */
    public TlsOptions withoutHostNameCheckSoThatAnyTrustedCertificateWillDo() {
        return with(offer.withoutHostNameCheck());
    }

    /** {@return the TLS versions that are offered ({@link #withProtocols})} */
    public List<String> protocols() {
        return offer.protocols();
    }

    /**
     * {@return the cipher suites that are offered ({@link #withCipherSuites}); empty for those that the JVM has
     * enabled}
     */
    public List<String> cipherSuites() {
        return offer.cipherSuites();
    }

    /** {@return the protocols that ALPN offers ({@link #withApplicationProtocols})} */
    public List<String> applicationProtocols() {
        return offer.applicationProtocols();
    }

    /** {@return the limit for the handshake ({@link #withHandshakeTimeout}); zero for none} */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** {@return the name that stands for the endpoint's host ({@link #withServerName}), if there is one} */
    public Optional<String> serverName() {
        return Optional.ofNullable(offer.serverName());
    }

    /**
     * {@return whether the certificate has to be for the host ({@link
     * #withoutHostNameCheckSoThatAnyTrustedCertificateWillDo})}
     */
    public boolean checksHostName() {
        return offer.checksHostName();
    }

    /** {@return whether changed files are read again ({@link #reloading})} */
    public boolean isReloading() {
        return reloading;
    }

    /** For people: which files, never what is in them, and no password. */
    @Override
    public String toString() {
        return "TlsOptions[trust=" + credentials.trust() + ", certificate="
                + (credentials.identity() == null ? "none" : credentials.identity()) + (reloading ? ", reloading" : "")
                + ", protocols=" + protocols() + ", cipherSuites="
                + (cipherSuites().isEmpty() ? "the JVM's" : cipherSuites()) + ", applicationProtocols="
                + applicationProtocols() + ", handshakeTimeout=" + Causes.seconds(handshakeTimeout) + ", serverName="
                + serverName().orElse("the endpoint's")
                + (checksHostName() ? "" : ", HOST NAME NOT CHECKED") + "]";
    }
}
