package dev.bowline.integration.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.InstalledTransport;
import dev.bowline.Transport;
import dev.bowline.integration.support.Peer;
import dev.bowline.integration.support.PeerServer;
import dev.bowline.integration.support.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which transport {@link Transport#open()} takes, and what it says where it can't. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportChoiceIT {
    private static final String ARTIFACTS = "dev.bowline:bowline-transport-netty, dev.bowline:bowline-transport-nio, "
            + "dev.bowline:bowline-transport-blocking";

    private ChildJvm child;

    @BeforeEach
    void makeAChildWithCoreAlone(@TempDir Path folder) throws Exception {
        child = new ChildJvm(folder);
    }

    @Test
    void allThreeAreHereTheBestFirst() {
        assertThat(Transport.installed())
                .extracting(InstalledTransport::name)
                .containsExactly("netty", "nio", "blocking");
        assertThat(Transport.installed()).allMatch(InstalledTransport::isUsable);
    }

    @Test
    void nettyGoesBeforeNioAndNioBeforeBlocking() throws Exception {
        child.with("blocking");
        assertThat(child.run("open")).containsExactly("opened blocking");
        child.with("nio");
        assertThat(child.run("open")).containsExactly("opened nio");
        child.with("netty");
        assertThat(child.run("open")).containsExactly("opened netty");
        assertThat(child.modular().run("open")).containsExactly("opened netty");
    }

    @Test
    void aNameOverrulesTheOrder() {
        for (String name : List.of("netty", "nio", "blocking")) {
            try (Transport transport = Transport.open(name)) {
                assertThat(transport.name()).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "blocking"})
    void thePropertyOverrulesTheOrderButNotAName(String property) throws Exception {
        child.with("netty").with("nio").with("blocking").option("-Dbowline.transport=" + property);
        assertThat(child.run("open")).containsExactly("opened " + property);
        assertThat(child.run("open", "netty")).containsExactly("opened netty");
    }

    @Test
    void anUnknownNameListsThoseThatAreHere() {
        assertThatThrownBy(() -> Transport.open("quic"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("quic", "netty, nio, blocking");
    }

    @Test
    void anUnknownPropertyListsThoseThatAreHereAndSaysWhereItCameFrom() throws Exception {
        child.with("nio").option("-Dbowline.transport=quic");
        assertThat(child.run("open"))
                .singleElement()
                .asString()
                .startsWith("IllegalArgumentException")
                .contains("quic", "-Dbowline.transport", "nio");
    }

    @Test
    void withNoneTheErrorNamesTheArtifacts() throws Exception {
        assertThat(child.run("open"))
                .singleElement()
                .asString()
                .startsWith("IllegalStateException")
                .contains(ARTIFACTS);
        assertThat(child.run("open", "nio"))
                .singleElement()
                .asString()
                .startsWith("IllegalArgumentException")
                .contains("nio", ARTIFACTS);
        assertThat(child.run("installed")).isEmpty();
        assertThat(child.modular().run("open"))
                .singleElement()
                .asString()
                .startsWith("IllegalStateException")
                .contains(ARTIFACTS);
    }

    @ParameterizedTest
    @CsvSource({
        "blocking, false", "nio, false", "netty, false",
        "blocking, true", "nio, true", "netty, true"
    })
    void oneAloneWorksOnTheClassPathAndOnTheModulePath(String transport, boolean modular) throws Exception {
        child.with(transport);
        if (modular) {
            child.modular();
        }
        try (PeerServer server = PeerServer.open()) {
            CompletableFuture<String> served = Waiting.aside(() -> {
                Peer peer = server.accept();
                peer.echo();
                peer.close();
                return "served";
            });
            String port = server.endpoint().toString().replaceAll(".*:", "");
            assertThat(child.run("echo", port)).containsExactly("got a line", "ended true");
            assertThat(Waiting.await(served)).isEqualTo("served");
        }
    }

    @Test
    void aProviderThatIsNotThereTakesNoOtherDown() throws Exception {
        child.with("nio").withProviders("dev.bowline.integration.choice.NotThere");
        assertThat(child.run("open")).containsExactly("opened nio");
        assertThat(child.errors()).contains("NotThere", "left out");
        assertThat(child.run("installed")).first().isEqualTo("nio usable");
    }

    @Test
    void aProviderThatThrowsTakesNoOtherDown() throws Exception {
        child.with("nio").withProviders(ThrowingProvider.class.getName());
        assertThat(child.run("open")).containsExactly("opened nio");
        assertThat(child.errors()).contains("ThrowingProvider", "left out", "thrown by the test");
        assertThat(child.run("installed"))
                .containsExactly("nio usable", ThrowingProvider.class.getName() + " unusable");
    }

    @Test
    void whereNoProviderLoadsTheErrorNamesTheArtifacts() throws Exception {
        child.withProviders("dev.bowline.integration.choice.NotThere", ThrowingProvider.class.getName());
        assertThat(child.run("open"))
                .singleElement()
                .asString()
                .startsWith("IllegalStateException")
                .contains(ARTIFACTS);
    }
}
