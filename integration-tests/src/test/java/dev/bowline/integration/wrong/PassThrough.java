package dev.bowline.integration.wrong;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Stands on both sides of one link of a right engine and passes everything on. A wrong transport overrides what it does
 * wrong, and nothing else.
 */
class PassThrough implements LinkHandler, Link {
    /** Makes what stands between a link and its handler. */
    @FunctionalInterface
    interface Maker {
        PassThrough make();
    }

    /** An engine whose links are all passed through something. */
    static Engine engine(Engine right, Maker maker) {
        return new Engine() {
            @Override
            public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
                PassThrough between = maker.make();
                between.handler = handler;
                return right.open(remote, options, between);
            }

            @Override
            public void close() {
                right.close();
            }
        };
    }

    /** Set before the attempt begins. */
    @Nullable
    LinkHandler handler;

    /** Set when it is opened, before anybody uses it. */
    @Nullable
    Link link;

    // ---- what the engine reports ----

    @Override
    public void opened(Link opened) {
        link = opened;
        handler.opened(this);
    }

    @Override
    public void openFailed(IOException cause) {
        handler.openFailed(cause);
    }

    @Override
    public void received(ByteBuffer data) {
        handler.received(data);
    }

    @Override
    public void written() {
        handler.written();
    }

    @Override
    public void outputFailed(IOException cause) {
        handler.outputFailed(cause);
    }

    @Override
    public void inputEnded() {
        handler.inputEnded();
    }

    @Override
    public void closed(@Nullable IOException cause) {
        handler.closed(cause);
    }

    // ---- what the handler wants ----

    @Override
    public void write(ByteBuffer data) {
        link.write(data);
    }

    @Override
    public void setReading(boolean on) {
        link.setReading(on);
    }

    @Override
    public void shutdownOutput() {
        link.shutdownOutput();
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public void abort() {
        link.abort();
    }

    @Override
    public void execute(Runnable task) {
        link.execute(task);
    }

    @Override
    public SocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return link.remoteAddress();
    }
}
