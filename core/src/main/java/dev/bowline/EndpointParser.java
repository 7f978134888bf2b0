package dev.bowline;

import com.google.common.net.InetAddresses;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads endpoints; each refusal says what is wrong where, and what would be right. */
final class EndpointParser {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
    private static final String FORMS = "write host:port, [::1]:port, tcp://host:port, tls://host:port or unix:/path";

    private static final String UNIX = "unix:";

    private EndpointParser() {}

    static Endpoint parse(String text) {
        if (text.regionMatches(true, 0, UNIX, 0, UNIX.length())) {
            return unix(text, text.substring(UNIX.length()));
        }
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return tcp(text, text);
        }
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "tcp" -> tcp(text, scheme.group(2));
            case "tls" -> tls(tcp(text, scheme.group(2)));
            default -> throw wrong(text, "the scheme '" + scheme.group(1) + "' is unknown");
        };
    }

    private static Endpoint tls(Endpoint.Tcp tcp) {
        return new Endpoint.Tls(tcp.host(), tcp.port());
    }

    private static Endpoint unix(String text, String path) {
        if (!path.startsWith("/")) {
            throw wrong(text, path.isEmpty() ? "the path is missing" : "the path '" + path + "' is not absolute");
        }
        if (path.indexOf('\0') >= 0) {
            throw wrong(text, "a path contains no NUL");
        }
        return new Endpoint.Unix(path.startsWith("//") ? path.replaceFirst("^/+", "/") : path);
    }

    private static Endpoint.Tcp tcp(String text, String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        if (colon < 0 || hostAndPort.endsWith("]")) {
            throw wrong(text, "the port is missing");
        }
        if (hostAndPort.indexOf(':') < colon && !hostAndPort.startsWith("[")) {
            throw wrong(text, "an IPv6 address stands in brackets before its port");
        }
        String port = hostAndPort.substring(colon + 1);
        if (!port.matches("[0-9]{1,9}")) {
            throw wrong(text, port.isEmpty() ? "the port is missing" : "the port '" + port + "' is not a number");
        }
        if (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw wrong(text, "port " + port + " is out of range: 1 to 65535");
        }
        return new Endpoint.Tcp(host(text, hostAndPort, colon), Integer.parseInt(port));
    }

    private static String host(String text, String hostAndPort, int colon) {
        boolean bracketed = hostAndPort.startsWith("[") && hostAndPort.charAt(colon - 1) == ']';
        String host = bracketed ? hostAndPort.substring(1, colon - 1) : hostAndPort.substring(0, colon);
        if (host.isEmpty()) {
            throw wrong(text, "the host is missing");
        }
        int odd = host.chars()
                .filter(c -> c <= ' ' || c == '/' || c == 127)
                .findFirst()
                .orElse(-1);
        if (odd >= 0) {
            throw wrong(text, "a host contains no " + (odd == '/' ? "'/'" : "white space"));
        }
        if (hostAndPort.startsWith("[")
                && (!bracketed || host.indexOf(':') < 0 || !InetAddresses.isInetAddress(host))) {
            throw wrong(text, "'" + host + "' in brackets is not an IPv6 address");
        }
        return host;
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException("endpoint '" + text + "': " + what + "; " + FORMS);
    }
}
