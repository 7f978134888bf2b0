package dev.bowline.integration.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.LogMessageWaitStrategy;
import org.testcontainers.images.builder.Transferable;

/**
 * {@code server.py} in a container. It shares this machine's network, because a mapped port would not do: the proxy
 * behind one turns resets into clean ends, joins segments, and accepts connections that nobody answers.
 */
final class ContainerServer extends ReferenceServer {
    private static final String OWNER = "dev.bowline.reference-server.jvm";
    private static final String LEDGERS = "/ledger";
    private static final int SECONDS_TO_TERMINATE = 10;

    private final GenericContainer<?> container;
    private final String image;
    private final ServerPorts ports;
    private int starts;

    /** How it is suspended; null while it runs. */
    private @Nullable Suspension suspension;

    private ContainerServer(LedgerDirectory directory, String image) throws IOException {
        super(directory);
        this.image = image;
        this.ports = ServerPorts.free(LOOPBACK);
        List<String> command = new ArrayList<>(List.of("/server.py", "--host=" + HOST));
        command.addAll(options(Path.of(LEDGERS)));
        container = new GenericContainer<>(image)
                .withImagePullPolicy(name -> false)
                .withNetworkMode("host")
                .withLabel(OWNER, String.valueOf(ProcessHandle.current().pid()))
                .withCreateContainerCmdModifier(creation -> bind(creation, directory))
                .withCopyToContainer(Transferable.of(LedgerDirectory.resource("server.py")), "/server.py")
                .withCommand(command.toArray(String[]::new))
                .waitingFor(ready());
    }

    static ContainerServer start(LedgerDirectory directory) throws UnavailableException, IOException {
        DockerEngine.require();
        try {
            DockerClient docker = DockerClientFactory.lazyClient();
            removeLeftovers(docker);
            ContainerServer server = new ContainerServer(directory, ReferenceImage.require(docker, directory));
            server.container.start();
            return server;
        } catch (RuntimeException e) {
            throw new UnavailableException(
                    "The container did not start (" + rootOf(e).getMessage() + ").", e);
        }
    }

    /** A JVM that was killed could not remove its containers. */
    private static void removeLeftovers(DockerClient docker) {
        List<Container> ours = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER))
                .exec();
        for (Container container : ours) {
            long owner = Long.parseLong(container.getLabels().get(OWNER));
            if (ProcessHandle.of(owner).isEmpty()) {
                docker.removeContainerCmd(container.getId()).withForce(true).exec();
            }
        }
    }

    /** Not by withFileSystemBind: that would first pull an image to see whether it can. */
    private static void bind(CreateContainerCmd command, LedgerDirectory directory) {
        Bind ledgers = new Bind(directory.path().toString(), new Volume(LEDGERS));
        Objects.requireNonNull(command.getHostConfig()).withBinds(ledgers);
    }

    /** The log goes on over restarts. */
    private LogMessageWaitStrategy ready() {
        return new LogMessageWaitStrategy().withRegEx("READY .*\\n").withTimes(++starts);
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    @Override
    public int port() {
        return ports.clear().getPort();
    }

    @Override
    public int tlsPort() {
        return ports.tls().getPort();
    }

    @Override
    public Kind kind() {
        return Kind.CONTAINER;
    }

    @Override
    public String description() {
        String version = container.getLogs().lines().findFirst().orElse("no version");
        return "container (" + version + ", image " + image + ")";
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }

    @Override
    public void kill() {
        docker().killContainerCmd(id()).exec();
    }

    @Override
    public void terminate() {
        docker().stopContainerCmd(id()).withTimeout(SECONDS_TO_TERMINATE).exec();
    }

    @Override
    public Set<Suspension> suspensions() {
        return Set.of(Suspension.SIGNAL, Suspension.FREEZER);
    }

    @Override
    public void suspend(Suspension how) {
        suspension = how;
        switch (how) {
            case SIGNAL -> docker().killContainerCmd(id()).withSignal("SIGSTOP").exec();
            case FREEZER -> docker().pauseContainerCmd(id()).exec();
        }
    }

    @Override
    public void resume() {
        Suspension ended = suspension;
        suspension = null;
        if (ended == Suspension.SIGNAL) {
            docker().killContainerCmd(id()).withSignal("SIGCONT").exec();
        } else if (ended == Suspension.FREEZER) {
            docker().unpauseContainerCmd(id()).exec();
        }
    }

    @Override
    public void restart() {
        docker().startContainerCmd(id()).exec();
        ready().waitUntilReady(container);
    }

    @Override
    void end() {
        container.stop();
    }
}
