package dev.bowline.internal.connection;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Between an engine and who hears of its link: somebody else from the moment when TLS begins on it. Event side. */
final class LinkSwitch implements LinkHandler {
    private LinkHandler to;

    LinkSwitch(LinkHandler to) {
        this.to = to;
    }

    /** From now on another one hears. */
    void to(LinkHandler other) {
        to = other;
    }

    @Override
    public void opened(Link link) {
        to.opened(link);
    }

    @Override
    public void openFailed(IOException cause) {
        to.openFailed(cause);
    }

    @Override
    public void received(ByteBuffer data) {
        to.received(data);
    }

    @Override
    public void written() {
        to.written();
    }

    @Override
    public void outputFailed(IOException cause) {
        to.outputFailed(cause);
    }

    @Override
    public void inputEnded() {
        to.inputEnded();
    }

    @Override
    public void closed(@Nullable IOException cause) {
        to.closed(cause);
    }
}
