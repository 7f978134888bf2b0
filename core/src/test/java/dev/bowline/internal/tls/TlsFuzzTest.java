package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.bowline.LossReason;
import dev.bowline.testing.RecordingProtocol;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hostile network (rule G3): whatever bytes come instead of the handshake, amid it, between records or in their place, the
 * protocol gets nothing but what its peer said, in order and from the beginning; nothing is thrown; and what does not go on
 * ends, once.
 *
 * <p>The first bytes of an input are the version, where the attack begins and how it is cut; the rest are its bytes.
 */
class TlsFuzzTest {
    private static final String SAID = "what the peer said";

    @FuzzTest
    void insteadOfTheHandshake(byte[] input) throws Exception {
        Attack attack = new Attack(input);
        TlsHarness harness = attack.begin();
        attack.strike(harness);
        attack.check(harness, "");
    }

    @FuzzTest
    void amidTheHandshake(byte[] input) throws Exception {
        Attack attack = new Attack(input);
        TlsHarness harness = attack.begin();
        byte[] flight = harness.carryToPeer();
        harness.link.receive(Arrays.copyOf(flight, 1 + attack.place % flight.length));
        attack.strike(harness);
        attack.check(harness, "");
    }

    @FuzzTest
    void betweenRecords(byte[] input) throws Exception {
        Attack attack = new Attack(input);
        TlsHarness harness = attack.begin();
        harness.carry();
        harness.peer.say(SAID);
        harness.carry();
        attack.strike(harness);
        attack.check(harness, SAID);
    }

    @FuzzTest
    void inPlaceOfRecords(byte[] input) throws Exception {
        Attack attack = new Attack(input);
        TlsHarness harness = attack.begin();
        harness.carry();
        harness.peer.say(SAID).say(SAID).endOutput();
        byte[] records = harness.peer.take();
        for (int i = 0; i < attack.bytes.length; i++) {
            records[(attack.place + i) % records.length] ^= attack.bytes[i];
        }
        harness.receive(records, attack.chunk);
        attack.check(harness, SAID + SAID);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void g3_nothingButWhatThePeerSaidIsDelivered(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            byte[] input = new byte[3 + random.nextInt(40)];
            random.nextBytes(input);
            if (input.length > 8 && random.nextBoolean()) {
                System.arraycopy(new byte[] {23, 3, 3, 0, 17}, 0, input, 3, 5); // as a record begins
            }
            insteadOfTheHandshake(input);
            amidTheHandshake(input);
            betweenRecords(input);
            inPlaceOfRecords(input);
        }
    }

    /** An input, as what is done to a connection. */
    private static final class Attack {
        private final String version;
        private final int place;
        private final int chunk;
        private final byte[] bytes;
        private final RecordingProtocol protocol = new RecordingProtocol();

        Attack(byte[] input) {
            byte[] head = Arrays.copyOf(input, 3);
            version = (head[0] & 1) == 0 ? "TLSv1.3" : "TLSv1.2";
            place = head[1] & 0xFF;
            chunk = 1 + (head[2] & 0xFF);
            bytes = input.length > 3 ? Arrays.copyOfRange(input, 3, input.length) : new byte[0];
        }

        TlsHarness begin() throws Exception {
            return TlsHarness.begun(version, protocol);
        }

        void strike(TlsHarness harness) {
            harness.receive(bytes, chunk);
        }

        /** Then the network ends, and so does the connection. */
        void check(TlsHarness harness, String said) {
            harness.link.endInput();
            harness.link.loseIfReleased();
            String heard = String.join(
                    "",
                    protocol.events().stream()
                            .filter(event -> event.startsWith("data "))
                            .map(event -> event.substring("data ".length()))
                            .toList());
            assertThat(said).as(new String(bytes, ISO_8859_1)).startsWith(heard);
            boolean wasMade = protocol.events().contains("made");
            assertThat(harness.failures).hasSize(wasMade ? 0 : 1);
            assertThat(harness.reports).hasSize(wasMade ? 1 : 0);
            if (wasMade && !(protocol.reason() instanceof LossReason.ClosedByPeer)) {
                assertThat(protocol.reason()).isInstanceOfAny(LossReason.TlsFailed.class, LossReason.Truncated.class);
            }
            assertThat(harness.clock.waiting()).isZero();
        }
    }
}
