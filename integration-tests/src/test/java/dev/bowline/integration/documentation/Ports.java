package dev.bowline.integration.documentation;

import dev.bowline.integration.server.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The ports that pages name, and those that stand for them where a page is tried: free ones, so that a server of the reader's is
 * not in the way.
 */
record Ports(Map<String, String> byName) {
    /** That of the server that a page talks to. */
    static final String SERVER = "8001";

    private static final List<String> NAMES = List.of(SERVER, "8002", "8443");

    Ports {
        byName = Map.copyOf(byName);
    }

    static Ports free() throws IOException {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String name : NAMES) {
            byName.put(name, Integer.toString(FreePort.at(InetAddress.getLoopbackAddress())));
        }
        return new Ports(byName);
    }

    /** The same with another server. */
    Ports withServer(int port) {
        Map<String, String> other = new LinkedHashMap<>(byName);
        other.put(SERVER, Integer.toString(port));
        return new Ports(other);
    }

    /** Text of a page, with the ports of this place. */
    String here(String text) {
        return replaced(text, entry -> entry);
    }

    /** What was printed here, with the ports of the page. */
    String onThePage(String text) {
        return replaced(text, entry -> Map.entry(entry.getValue(), entry.getKey()));
    }

    private String replaced(String text, UnaryOperator<Map.Entry<String, String>> direction) {
        String result = text;
        for (Map.Entry<String, String> each : byName.entrySet()) {
            Map.Entry<String, String> port = direction.apply(each);
            result = result.replaceAll("\\b" + port.getKey() + "\\b", port.getValue());
        }
        return result;
    }
}
