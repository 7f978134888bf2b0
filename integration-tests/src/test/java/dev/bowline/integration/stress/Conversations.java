package dev.bowline.integration.stress;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;

/** The protocols of a run: one has the bare bytes, the other one lines, where C2 and C3 hold within a chunk, too. */
final class Conversations {
    private Conversations() {}

    static final class OfBytes implements Protocol {
        private final Conversation conversation;
        private final LineCutter cutter = new LineCutter();

        OfBytes(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public void connectionMade(Connection connection) throws Exception {
            conversation.made(connection);
        }

        @Override
        public void dataReceived(ByteBuffer data) throws Exception {
            conversation.chunkReceived(data, cutter);
        }

        @Override
        public void inputEnded(Connection connection) throws Exception {
            if (conversation.inputEnded()) {
                connection.close();
            }
        }

        @Override
        public void connectionLost(LossReason reason) throws Exception {
            conversation.lost(reason);
        }
    }

    static final class OfLines extends LineProtocol {
        private final Conversation conversation;

        OfLines(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        protected void connectionMade() throws Exception {
            conversation.made(connection());
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            conversation.lineReceived(line);
        }

        @Override
        protected void inputEnded() throws Exception {
            if (conversation.inputEnded()) {
                close();
            }
        }

        @Override
        public void connectionLost(LossReason reason) throws Exception {
            conversation.lost(reason);
        }
    }
}
