package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import dev.bowline.queue.WhenFull;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The queue behind a client: order (E1), bounds (E2), who waits (E3), whole messages (E4, E5), the seal (E7). */
public abstract class QueueContract extends TransportContract {
    /** For a transport's own class. */
    protected QueueContract() {}

    private static final Duration LONG = Duration.ofHours(1);

    /** Not ready before the peer says so. */
    private static class Patient extends RecordingLines {
        @Override
        protected void connectionMade() {
            sendLine("hello");
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            if (line.equals("ready")) {
                ready();
            }
            super.lineReceived(line);
        }
    }

    private static MemoryQueue two() {
        return MemoryQueue.builder().maxMessages(2).build();
    }

    @Test
    void e1_eachThreadsMessagesArriveInItsOrder() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Patient::new).open());
        int threads = 6;
        int each = 3_000;
        List<CompletableFuture<Boolean>> senders = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            senders.add(Waiting.aside(() -> {
                for (int i = 0; i < each; i++) {
                    client.send(number + " " + i);
                }
                return true;
            }));
        }
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLine()).isEqualTo("hello");
        int[] next = new int[threads];
        for (int i = 0; i < threads * each; i++) {
            String[] words = peer.readLine().split(" ", -1);
            assertThat(Integer.parseInt(words[1])).isEqualTo(next[Integer.parseInt(words[0])]++);
        }
        for (CompletableFuture<Boolean> sender : senders) {
            Waiting.await(sender);
        }
    }

    @Test
    void e2_theBoundCountsMessages() throws Exception {
        PeerServer server = server();
        LineClient client =
                keep(client(server.endpoint(), Patient::new).queue(two()).open());
        assertThat(client.offer("1")).isTrue();
        assertThat(client.offer("2")).isTrue();
        assertThat(client.offer("3")).isFalse();
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLines(3)).containsExactly("hello", "1", "2");
        Waiting.await(client.flush());
        assertThat(client.offer("4")).isTrue();
        assertThat(peer.readLine()).isEqualTo("4");
    }

    @Test
    void e2_takenMessagesCountUntilTheyAreDelivered() throws Exception {
        PeerServer server = serverWithSmallWindow();
        MessageQueue queue =
                MemoryQueue.builder().maxBytes(40_000_000).maxMessages(2).build();
        LineClient client =
                keep(client(server.endpoint(), RecordingLines::new).queue(queue).open());
        Peer peer = server.accept();
        ByteBuffer large = ByteBuffer.wrap(Bytes.pattern(12_000_000));
        client.sendRaw(large);
        // Its first byte is here, so the message is taken; the pipe is far too small for the rest.
        byte[] first = peer.read(1);
        assertThat(client.offer("2")).isTrue();
        assertThat(client.offer("3")).isFalse();
        assertThat(queue.size().messages()).isEqualTo(2);
        byte[] rest = peer.read(large.remaining() - 1);
        assertThat(first[0]).isEqualTo(large.get(0));
        assertThat(ByteBuffer.wrap(rest)).isEqualTo(large.slice(1, rest.length));
        assertThat(peer.readLine()).isEqualTo("2");
        Waiting.await(client.flush());
        assertThat(client.offer("4")).isTrue();
    }

    @Test
    void e2_whatCanNeverFitIsRefusedAtOnce() throws Exception {
        PeerServer server = server();
        MessageQueue queue = MemoryQueue.builder().maxBytes(1_000).build();
        LineClient client = keep(client(server.endpoint(), Patient::new)
                .queue(queue)
                .sendWait(LONG)
                .open());
        assertThatThrownBy(() -> client.send("x".repeat(1_000))).isInstanceOf(QueueFullException.class);
        assertThat(client.offer("x".repeat(100))).isTrue();
    }

    @Test
    void e3_waitingSendersGetRoomInTheOrderOfTheirArrival() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Patient::new)
                .queue(two())
                .sendWait(LONG)
                .open());
        client.send("1");
        client.send("2");
        List<FutureTask<String>> senders = new ArrayList<>();
        for (String message : List.of("3", "4", "5", "6")) {
            senders.add(sendingAside(client, message));
        }
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLines(7)).containsExactly("hello", "1", "2", "3", "4", "5", "6");
        for (FutureTask<String> sender : senders) {
            assertThat(Waiting.await(sender)).isEqualTo("sent");
        }
    }

    /** A thread that waits for room when this returns. */
    private static FutureTask<String> sendingAside(LineClient client, String message) {
        FutureTask<String> sender = new FutureTask<>(() -> {
            client.send(message);
            return "sent";
        });
        Thread thread = new Thread(sender, "test-sender-" + message);
        thread.start();
        Waiting.untilBlocked(thread);
        return sender;
    }

    @Test
    void e3_aSenderThatWaitedInVainFails() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Patient::new)
                .queue(two())
                .sendWait(Duration.ofMillis(20))
                .open());
        client.send("1");
        client.send("2");
        assertThatThrownBy(() -> client.send("3")).isInstanceOf(QueueFullException.class);
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLines(3)).containsExactly("hello", "1", "2");
        Waiting.await(client.flush());
        client.send("4");
        assertThat(peer.readLine()).isEqualTo("4");
    }

    @Test
    void e3_failingAtOnce() throws Exception {
        PeerServer server = server();
        MessageQueue queue =
                MemoryQueue.builder().maxMessages(1).whenFull(WhenFull.FAIL).build();
        LineClient client = keep(client(server.endpoint(), Patient::new)
                .queue(queue)
                .sendWait(LONG)
                .open());
        client.send("1");
        assertThatThrownBy(() -> client.send("2")).isInstanceOf(QueueFullException.class);
        assertThat(client.offer("2")).isFalse();
    }

    @Test
    void e4_aMessageLargerThanABatchTravelsWholeAndInItsPlace() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        byte[] large = Bytes.pattern(3_000_000);
        for (int round = 0; round < 3; round++) {
            client.send("before");
            client.sendRaw(ByteBuffer.wrap(large));
            client.send("after");
        }
        Peer peer = server.accept();
        for (int round = 0; round < 3; round++) {
            assertThat(peer.readLine()).isEqualTo("before");
            assertThat(peer.read(large.length)).isEqualTo(large);
            assertThat(peer.readLine()).isEqualTo("after");
        }
    }

    @Test
    void e5_aMessageCutOffMidWriteIsHandedBackWhole() throws Exception {
        PeerServer server = serverWithSmallWindow();
        MessageQueue queue = MemoryQueue.builder().maxBytes(100_000_000).build();
        LineClient client =
                keep(client(server.endpoint(), RecordingLines::new).queue(queue).open());
        // Each is larger than all the buffers between the two ends.
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            byte[] message = Bytes.pattern(12_000_000);
            message[0] = (byte) i;
            messages.add(message);
            client.sendRaw(ByteBuffer.wrap(message));
        }
        Peer peer = server.accept();
        assertThat(peer.read(12_000_000)).isEqualTo(messages.get(0));
        assertThat(peer.read(1)).containsExactly(1);
        peer.reset();
        DrainResult result = Waiting.await(client.drain(LONG));
        assertThat(result.delivered()).isEqualTo(1);
        assertThat(result.undelivered().messages()).containsExactlyElementsOf(messages.subList(1, 4));
        assertThat(result.sent()).isEqualTo(4);
    }

    @Test
    void e5_smallMessagesAreSplitExactlyWhereTheOperatingSystemTookThem() throws Exception {
        PeerServer server = serverWithSmallWindow();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        int count = 12_000;
        for (int i = 0; i < count; i++) {
            client.send(i + " " + "x".repeat(1_000));
        }
        Peer peer = server.accept();
        peer.readLines(100);
        // The client aborts: what the peer's side has already taken it can still read.
        DrainResult result = Waiting.await(client.drain(Duration.ZERO));
        long delivered = result.delivered();
        List<String> left = Bytes.lines(result.undelivered().messages());
        assertThat(delivered).isBetween(100L, count - 1L);
        assertThat(delivered + left.size()).isEqualTo(count);
        for (int i = 0; i < left.size(); i++) {
            assertThat(left.get(i)).isEqualTo((delivered + i) + " " + "x".repeat(1_000));
        }
        long arrived = 100_000 + peer.countToEnd().count();
        assertThat(arrived).as("what arrived was counted as delivered").isLessThan((delivered + 1) * 1_010);
    }

    @Test
    void e7_theSealFailsThoseThatWaitAndThoseThatCome() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), Patient::new)
                .queue(two())
                .sendWait(LONG)
                .open());
        client.send("1");
        client.send("2");
        FutureTask<String> waiting = sendingAside(client, "3");
        CompletableFuture<DrainResult> drained = client.drain(LONG);
        assertThat(Waiting.awaitFailure(waiting)).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(() -> client.send("4")).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(() -> client.offer("5")).isInstanceOf(QueueClosedException.class);
        Peer peer = server.accept().send("ready\r\n");
        assertThat(peer.readLinesToEnd()).containsExactly("hello", "1", "2");
        peer.close();
        assertThat(Waiting.await(drained)).isEqualTo(new DrainResult(2, 0, Leftover.NONE, Leftover.NONE));
    }
}
