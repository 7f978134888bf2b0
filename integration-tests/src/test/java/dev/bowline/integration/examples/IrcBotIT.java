package dev.bowline.integration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IrcBotIT {
    private ServerProcess server;

    @BeforeEach
    void startTheServer() throws Exception {
        server = RealServers.shared(RealServer.NGIRCD);
    }

    /** Somebody else, who is in the channel already. */
    private PlainConnection somebodyIn(String channel, String nick) throws Exception {
        PlainConnection somebody = new PlainConnection(server);
        somebody.send("NICK " + nick, "USER " + nick + " 0 * :somebody");
        somebody.readTo(" 001 ");
        somebody.send("JOIN " + channel);
        somebody.readTo(" 366 ");
        return somebody;
    }

    @Test
    void whatThePageShowsIsWhatComesOut() throws Exception {
        DocumentedRun.of("irc").comesTrue(Map.of("127.0.0.1:6667", server.endpoint()));
    }

    @Test
    void somebodyElseInTheChannelHearsEveryLineInOrder() throws Exception {
        try (PlainConnection somebody = somebodyIn("#order", "watcher")) {
            assertThat(ExampleRun.of("irc", server.endpoint(), "bowline", "#order", ":over, under", "grüße"))
                    .isEqualTo(ExampleRun.good("said in #order: 2 lines"));
            assertThat(somebody.readTo("PRIVMSG")).endsWith(" PRIVMSG #order ::over, under");
            assertThat(somebody.readTo("PRIVMSG")).startsWith(":bowline!").endsWith(" PRIVMSG #order :grüße");
            assertThat(somebody.read(1).get(0)).contains(" QUIT ");
        }
    }

    @Test
    void aNicknameThatSomebodyHasIsMadeAnother() throws Exception {
        try (PlainConnection somebody = somebodyIn("#taken", "taken")) {
            assertThat(ExampleRun.of("irc", server.endpoint(), "taken", "#taken", "it is I"))
                    .isEqualTo(ExampleRun.good("said in #taken: 1 line"));
            assertThat(somebody.readTo("PRIVMSG")).startsWith(":taken_!").endsWith(" PRIVMSG #taken :it is I");
        }
    }

    @Test
    void aChannelThatItMayNotJoinIsAFailureAndSaysWhy() throws Exception {
        try (PlainConnection somebody = somebodyIn("#locked", "keeper")) {
            somebody.send("MODE #locked +k secret");
            somebody.readTo(" MODE #locked +k");
            assertThat(ExampleRun.of("irc", server.endpoint(), "bowline", "#locked", "let me in"))
                    .isEqualTo(ExampleRun.failed(server.endpoint()
                            + ": :irc.bowline.example 475 bowline #locked :Cannot join channel (+k) -- "
                            + "Wrong channel key; 2 messages undelivered"));
        }
    }
}
