package dev.bowline.integration.server;

import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A running reference line server; what it answers stands in {@code reference-server/README.md}.
 *
 * <pre>{@code
 * static final ReferenceServer SERVER = ReferenceServer.shared();
 * }</pre>
 *
 * <p>{@link #shared} is one per JVM, and is not to be killed or closed by a test; {@link #open} gives a test one of its
 * own. Which form they take: a container, else a local process, else the twin in this JVM; or the one that
 * {@code -Dreference.server=container|process|embedded} insists on. Whatever is still open at the end of the JVM is
 * closed then. The methods of one server are called from one thread at a time.
 */
public abstract sealed class ReferenceServer implements AutoCloseable
        permits ContainerServer, ProcessServer, EmbeddedServer {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    /** What every server shows under TLS: signed by {@link TestCertificates#authority}, for the loopback interface. */
    public static final TestCertificates.Server SHOWN = TestCertificates.Server.RSA;

    static final String HOST = LOOPBACK.getHostAddress();

    /** The forms of the server, the preferred first. */
    public enum Kind {
        CONTAINER,
        PROCESS,
        EMBEDDED
    }

    /** How a server can be kept from running while its connections stay open. */
    public enum Suspension {
        /** Its process gets SIGSTOP. */
        SIGNAL,
        /** The container engine pauses it: all its threads at once, without its knowledge. */
        FREEZER
    }

    final LedgerDirectory directory;

    ReferenceServer(LedgerDirectory directory) {
        this.directory = directory;
    }

    /**
     * The server that all tests of this JVM share, started by whoever asks first.
     *
     * @throws IllegalStateException if {@code reference.server} insists on a form that cannot be had here
     */
    public static ReferenceServer shared() {
        return SharedServer.get();
    }

    /**
     * Starts a server with a ledger of its own, in the same form as {@link #shared}. Takes about a second as a container.
     *
     * @throws IllegalStateException as {@link #shared}
     */
    public static ReferenceServer open() {
        return Choice.make().server();
    }

    /** Starts a server of this form, with a ledger of its own. */
    public static ReferenceServer open(Kind kind) throws UnavailableException {
        return open(directory -> switch (kind) {
            case CONTAINER -> ContainerServer.start(directory);
            case PROCESS -> ProcessServer.start(directory);
            case EMBEDDED -> EmbeddedServer.start(directory);
        });
    }

    /** Starts a process inside of a network namespace, at its address, with a ledger of its own. */
    public static ReferenceServer openIn(NetworkNamespace namespace) throws UnavailableException {
        return open(directory -> ProcessServer.startIn(namespace, directory));
    }

    private interface Form {
        ReferenceServer start(LedgerDirectory directory) throws UnavailableException, IOException;
    }

    private static ReferenceServer open(Form form) throws UnavailableException {
        LedgerDirectory directory = LedgerDirectory.create();
        try {
            ReferenceServer server = form.start(directory);
            OpenServers.add(server);
            return server;
        } catch (UnavailableException e) {
            directory.delete();
            throw e;
        } catch (IOException e) {
            directory.delete();
            throw new UnavailableException(e.toString(), e);
        }
    }

    public String host() {
        return HOST;
    }

    /** The port, the same over {@link #kill} and {@link #restart}. */
    public abstract int port();

    /** The second port, which speaks TLS from the first byte on; the same over {@link #kill} and {@link #restart}, too. */
    public abstract int tlsPort();

    /**
     * What {@code server.py} is told beside its host.
     *
     * @param seenFrom where it finds this server's directory
     */
    final List<String> options(Path seenFrom) {
        PemFiles certificates = new PemFiles(seenFrom);
        return List.of(
                "--port=" + port(),
                "--tls-port=" + tlsPort(),
                "--ledger=" + seenFrom.resolve(LedgerDirectory.LEDGER),
                "--certificate=" + certificates.certificate(SHOWN),
                "--key=" + certificates.key(SHOWN));
    }

    public abstract Kind kind();

    /** The form and its version, such as {@code process (Twisted 22.4.0, /usr/bin/python3)}. */
    public abstract String description();

    /**
     * Every line received so far, of all connections, in the order received. Lines are in it before they are answered, and
     * stay in it over {@link #kill} and {@link #restart}.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public List<LedgerEntry> ledger() {
        try {
            return LedgerEntry.readAll(directory.ledger());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server without warning. When this returns its connections are lost and its port refuses. */
    public abstract void kill();

    /** Asks it to end, by SIGTERM where it is a process. When this returns it has, as after {@link #kill}. */
    public abstract void terminate();

    /** The ways in which this form can be suspended; none where it is part of this JVM. */
    public abstract Set<Suspension> suspensions();

    /**
     * Keeps it from running, until {@link #resume}: it neither reads nor writes nor accepts, but the operating system goes on
     * doing so for it. Neither {@link #kill} nor {@link #terminate} is to be called meanwhile.
     *
     * @throws UnsupportedOperationException if it can't be, in this way
     */
    public abstract void suspend(Suspension how);

    /** Lets it run again; where it does, nothing happens. */
    public abstract void resume();

    /**
     * Starts it again after {@link #kill} or {@link #terminate}: same port, same ledger. When this returns it accepts
     * connections.
     *
     * @throws IllegalStateException if it does not start
     */
    public abstract void restart();

    /** Ends the server and removes what belongs to it, its ledger too. Calling it again does nothing. */
    @Override
    public final void close() {
        if (OpenServers.remove(this)) {
            resume();
            end();
            directory.delete();
        }
    }

    /** As {@link #kill}, but leaves nothing for {@link #restart} to start. */
    void end() {
        kill();
    }
}
