package dev.bowline.internal.tls;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** What this JVM can be told to offer. */
public final class Supported {
    private static final SSLParameters PARAMETERS = parameters();

    private Supported() {}

    /** Asks a context that trusts nobody: the default one reads the system's files. */
    private static SSLParameters parameters() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context.getSupportedSSLParameters();
        } catch (GeneralSecurityException none) {
            throw new IllegalStateException("this JVM has no TLS", none);
        }
    }

    /** Checks names of TLS versions. */
    public static List<String> protocols(String... names) {
        return checked("TLS version", names, PARAMETERS.getProtocols());
    }

    /** Checks names of cipher suites. */
    public static List<String> cipherSuites(String... names) {
        return checked("cipher suite", names, PARAMETERS.getCipherSuites());
    }

    private static List<String> checked(String what, String[] names, String[] supported) {
        List<String> known = List.of(supported);
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "this JVM does not know the " + what + " '" + name + "'; it knows " + String.join(", ", known));
            }
        }
        return List.of(names);
    }
}
