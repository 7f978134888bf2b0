package dev.bowline.examples.clients;

import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;

/**
 * Says something in an IRC channel, which teaches a login: the protocol greets, answers and joins as the server wants it, and
 * only then is ready for what was sent to its client. What it hands to {@code fail} is why that ended.
 */
public final class IrcBot extends LineProtocol {
    /** What no name may contain, for there it would end. */
    private static final String NAME = "[^\\s\\p{Cntrl},:]+";

    /** RFC 2812: 512 bytes, CRLF included. */
    private static final LineFormat FORMAT = LineFormat.crlf().withMaxSendLength(510);

    private final String channel;
    private String nick;

    private IrcBot(String nick, String channel) {
        this.nick = nick;
        this.channel = channel;
    }

    @Override
    protected void connectionMade() {
        sendLine("NICK " + nick);
        sendLine("USER " + nick + " 0 * :a bot on Bowline");
    }

    /** {@code [:source] command [parameters]}. */
    @Override
    protected void lineReceived(String line) {
        String[] words = (line.startsWith(":") ? line : ": " + line).split(" ", 3);
        if (words.length < 3) {
            return;
        }
        switch (words[1]) {
            case "PING" -> sendLine("PONG " + words[2]);
            case "001" -> sendLine("JOIN " + channel); // we are welcome
            case "366" -> ready(); // the list of who is in the channel is complete, and we are in it
            case "433" -> sendLine("NICK " + (nick += "_")); // somebody else has that name
            case "PONG" -> leave();
            case "ERROR" -> fail(new ProtocolException(line));
            default -> refuse(words[1], line);
        }
    }

    private void leave() {
        sendLine("QUIT :all is said");
        finish();
    }

    /** 400 to 599 are errors; that there is no message of the day is none. */
    private void refuse(String command, String line) {
        if (command.matches("[45]\\d\\d") && !command.equals("422")) {
            fail(new ProtocolException(line));
        }
    }

    @Override
    protected void inputEnded() {
        fail(new EOFException("the server ended the connection before all was said"));
    }

    /** Joins a channel, and says a line there for each message. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 4) {
            throw new IllegalArgumentException(
                    "give a server, a nickname, a channel and messages: 127.0.0.1:6667 bowline '#knots' hello");
        }
        if (!args[1].matches(NAME) || !args[2].matches("[#&+!]" + NAME)) {
            throw new IllegalArgumentException("'" + args[1] + "' in '" + args[2]
                    + "' is no nickname in a channel, such as 'bowline' in '#knots'");
        }
        List<String> lines = List.of(args).subList(3, args.length).stream()
                .map(message -> "PRIVMSG " + args[2] + " :" + message)
                .toList();
        lines.forEach(FORMAT::check);
        try (LineClient client = LineClient.builder(Endpoint.parse(args[0]), () -> new IrcBot(args[1], args[2]))
                .format(FORMAT)
                .reconnect(Reconnect.never())
                .open()) {
            for (String line : lines) {
                client.send(line);
            }
            client.send("PING all-is-said"); // who answers that has had everything before
            if (!client.await(Duration.ofSeconds(60))) {
                throw new IOException("the server did not answer within a minute");
            }
        }
        System.out.println("said in " + args[2] + ": " + lines.size() + (lines.size() == 1 ? " line" : " lines"));
    }
}
