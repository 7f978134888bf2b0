package dev.bowline.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * The one buffer that all links of a loop read into: whoever reads hands it on before the next one reads. So nothing is
 * allocated for a read, an idle link has no buffer, and what core gets is where the JDK's channel put it. On the loop's thread.
 */
final class LoopBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int BYTES = 64 * 1024;

    /** How often one channel reads before the others get their turn. */
    private static final int READS = 16;

    /** Two views of one array: Netty's, of which the loop keeps a reference for good, and core's. */
    private final ByteBuf room;

    private final ByteBuffer filled = ByteBuffer.allocate(BYTES);

    LoopBuffer() {
        super(READS);
        room = Unpooled.wrappedBuffer(filled.array());
    }

    /** For one channel. */
    @Override
    public MaxMessageHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return BYTES;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator notAsked) {
                return room.retain().clear();
            }
        };
    }

    /** What the last read brought. */
    ByteBuffer filled() {
        return filled.limit(room.writerIndex()).position(0);
    }
}
