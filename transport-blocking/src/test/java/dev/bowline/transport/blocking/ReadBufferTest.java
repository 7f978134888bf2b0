package dev.bowline.transport.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadBufferTest {
    private ServerSocketChannel server;
    private SocketChannel client;
    private SocketChannel peer;
    private ReadBuffer buffer;

    @BeforeEach
    void connect() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = SocketChannel.open(server.getLocalAddress());
        peer = server.accept();
        buffer = new ReadBuffer(client, new LargeBuffers());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        peer.close();
        server.close();
    }

    @Test
    void littleAtATimeStaysSmall() throws IOException {
        for (int i = 0; i < 10; i++) {
            sendAndFill(ReadBuffer.SMALL - 1);
            send(1);
            assertThat(buffer.choose().capacity()).isEqualTo(ReadBuffer.SMALL);
            buffer.fill();
        }
    }

    @Test
    void moreThanItHoldsMakesItLargeUntilNothingIsLeft() throws IOException {
        sendAndFill(ReadBuffer.SMALL);
        send(10);
        assertThat(buffer.choose().capacity()).isEqualTo(LargeBuffers.SIZE);
        buffer.fill();
        send(10);
        assertThat(buffer.choose().capacity()).isEqualTo(LargeBuffers.SIZE);
        buffer.fill();
        assertThat(buffer.choose().capacity()).isEqualTo(ReadBuffer.SMALL);
    }

    @Test
    void exactlyWhatItHoldsLeavesItSmall() throws IOException {
        sendAndFill(ReadBuffer.SMALL);
        assertThat(buffer.choose().capacity()).isEqualTo(ReadBuffer.SMALL);
    }

    @Test
    void aReleasedLargeBufferIsUsedAgain() {
        LargeBuffers larges = new LargeBuffers();
        ByteBuffer borrowed = larges.borrow();
        larges.giveBack(borrowed);
        assertThat(larges.borrow()).isSameAs(borrowed);
        assertThat(larges.borrow()).isNotSameAs(borrowed);
    }

    private void sendAndFill(int count) throws IOException {
        send(count);
        assertThat(buffer.fill()).isEqualTo(count);
        assertThat(buffer.filled().remaining()).isEqualTo(count);
    }

    private void send(int count) throws IOException {
        peer.write(ByteBuffer.allocate(count));
    }
}
