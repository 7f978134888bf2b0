package dev.bowline.integration.documentation;

import dev.bowline.testkit.ScriptedServer;
import dev.bowline.testkit.ServerScript;
import dev.bowline.testkit.TestCertificates;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation as RFCs write it: {@code S:} is what the server says, {@code C:} what the client does, a line each. In
 * parentheses stands what is no line: {@code S: (ends)}, {@code S: (resets)}, {@code C: (ends)}, {@code (both begin TLS)}, {@code (another connection)}.
 */
final class Conversation {
    private static final Pattern SAID = Pattern.compile("([SC]):(?: (.*))?");

    private Conversation() {}

    /**
     * What a server does that keeps to its side of it, and holds the client to the other.
     *
     * @throws IllegalArgumentException if a line is none of the above
     */
    static ServerScript script(String conversation) {
        ServerScript script = ScriptedServer.script();
        List<String> lines = conversation.lines().toList();
        for (String line : lines) {
            switch (line) {
                case "S: (ends)" -> script.close();
                case "S: (resets)" -> script.reset();
                case "C: (ends)" -> script.expectEnd();
                case "(both begin TLS)" -> script.startTls(TestCertificates.serverContext(TestCertificates.Server.EC));
                case "(another connection)" -> script.connection();
                default -> say(script, line);
            }
        }
        return script;
    }

    private static void say(ServerScript script, String line) {
        Matcher said = SAID.matcher(line);
        if (!said.matches()) {
            throw new IllegalArgumentException("in a conversation nobody says '" + line + "'");
        }
        String text = said.group(2) == null ? "" : said.group(2);
        if (said.group(1).equals("S")) {
            script.answerLine(text);
        } else {
            script.expectLine(text);
        }
    }
}
