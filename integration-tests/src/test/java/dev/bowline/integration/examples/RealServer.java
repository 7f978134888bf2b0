package dev.bowline.integration.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of somebody else's: how it is found, started, and told from one that is not ready yet. */
enum RealServer {
    MEMCACHED("memcached", "memcached", "server listening") {
        @Override
        List<String> arguments(int port, Path directory) {
            // As root it insists on being told as whom to run.
            return List.of("-vv", "-l", HOST, "-p", "" + port, "-u", System.getProperty("user.name"));
        }
    },
    REDIS("redis-server", "redis-server", "Ready to accept connections") {
        @Override
        List<String> arguments(int port, Path directory) {
            return List.of("--bind", HOST, "--port", "" + port, "--save", "", "--dir", directory.toString());
        }
    },
    NGIRCD("ngircd", "ngircd", " ready.") {
        @Override
        List<String> arguments(int port, Path directory) throws IOException {
            // It is told to ask for a PONG before it lets anybody in, and to delay nobody who says much.
            Path configuration = Files.writeString(directory.resolve("ngircd.conf"), """
                    [Global]
                    Name = irc.bowline.example
                    Info = A server for a test
                    Listen = %s
                    Ports = %s
                    [Limits]
                    MaxConnectionsIP = 0
                    MaxPenaltyTime = 0
                    [Options]
                    DNS = no
                    Ident = no
                    PAM = no
                    RequireAuthPing = yes
                    """.formatted(HOST, "" + port));
            return List.of("-n", "-f", configuration.toString());
        }
    },
    AIOSMTPD("aiosmtpd", "python3-aiosmtpd", "Server is listening") {
        @Override
        List<String> arguments(int port, Path directory) {
            String mailbox = directory.resolve(MAILBOX).toString();
            return List.of("-n", "-d", "-l", HOST + ":" + port, "-c", "aiosmtpd.handlers.Mailbox", mailbox);
        }
    },
    NATS("nats-server", "nats-server", "Server is ready") {
        @Override
        List<String> arguments(int port, Path directory) {
            return List.of("-a", HOST, "-p", "" + port);
        }
    };

    static final String HOST = "127.0.0.1";

    /** Where a mail server keeps what it got, a Maildir, in its directory. */
    static final String MAILBOX = "mailbox";

    private static final Pattern VERSION = Pattern.compile("[ =v](\\d+(\\.\\d+)+)");

    private final String program;
    private final String debianPackage;
    private final String readyText;

    RealServer(String program, String debianPackage, String readyText) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.readyText = readyText;
    }

    /**
     * What it is started with.
     *
     * @param directory its own, where files may be written
     */
    abstract List<String> arguments(int port, Path directory) throws IOException;

    /** In a line of its output once it accepts connections. */
    String readyText() {
        return readyText;
    }

    /** On the PATH, or where Debian puts what the PATH of ordinary users lacks. */
    Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Why there is none. */
    String isMissing() {
        return program + " is not installed; Debian has it in the package " + debianPackage;
    }

    /** Name and version of the one that was found. */
    String describe(Path found) throws IOException {
        Process process = new ProcessBuilder(found.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        Matcher version = VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
        return program + (version.find() ? " " + version.group(1) : "");
    }
}
