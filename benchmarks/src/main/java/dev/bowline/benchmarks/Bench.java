package dev.bowline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Jvm;
import dev.bowline.benchmarks.measure.Pinning;
import dev.bowline.benchmarks.measure.Plan;
import dev.bowline.benchmarks.measure.Results;
import dev.bowline.benchmarks.measure.Runner;
import dev.bowline.benchmarks.measure.Workload;
import dev.bowline.benchmarks.micro.MicroBench;
import dev.bowline.benchmarks.report.Charts;
import dev.bowline.benchmarks.report.Machine;
import dev.bowline.benchmarks.report.ResultsFile;
import dev.bowline.benchmarks.report.Tables;
import dev.bowline.benchmarks.report.Targets;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bowline bench}: Bowline side by side with its peers. */
@Command(
        name = "bowline bench",
        description =
                "%nMeasures Bowline side by side with its peers, each in a JVM of its own, in turn, round after round.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "'bowline bench micro' runs the JMH benchmarks of decoder, queue and encoder instead;",
            "'bowline bench micro -h' tells of their options."
        })
public final class Bench implements Callable<Integer> {
    @Option(names = "--quick", description = "Three minutes: what the targets need, no more.")
    private boolean quick;

    @Option(names = "--workload", split = ",", paramLabel = "ID", description = "Only these: receive-string, say.")
    private List<String> workloads = List.of();

    @Option(names = "--contender", split = ",", paramLabel = "ID", description = "Only these: bowline-nio, say.")
    private List<String> contenders = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "So many rounds instead of the usual number.")
    private int rounds;

    @Option(
            names = "--java",
            paramLabel = "HOME",
            description = "The JDK to measure with; by default the one that runs this.")
    private Path java = Path.of(System.getProperty("java.home"));

    @Option(names = "--jvm-option", paramLabel = "OPTION", description = "For the contenders' JVMs; may be repeated.")
    private List<String> jvmOptions = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Where all samples go; by default target/bench.json.")
    private Path json = Path.of("target", "bench.json");

    @Option(names = "--charts", paramLabel = "DIRECTORY", description = "Draw charts of the results there, too.")
    private @Nullable Path charts;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Measure nothing: print, and draw, what an earlier run wrote with --json.")
    private @Nullable Path from;

    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    private final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);

    private Bench() {}

    /** Runs it; {@code micro} and what follows is JMH's. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        if (args.length > 0 && args[0].equals("micro")) {
            MicroBench.run(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        ResultsFile results = from == null ? measure() : ResultsFile.read(from);
        if (from != null) {
            out.println(results.machine().sentence());
        }
        Tables tables = new Tables(out);
        tables.results(results.results());
        tables.targets(results.results(), Targets.all());
        if (charts != null) {
            out.println(Charts.draw(results, charts).size() + " charts are in " + charts + ".");
        }
        return 0;
    }

    private ResultsFile measure() throws IOException, InterruptedException {
        Machine machine = Machine.describe(java);
        Plan plan = plan(machine.javaFeature());
        out.println(machine.sentence());
        if (!Pinning.isPossible()) {
            out.println("There is no taskset: round trips are not bound to cores.");
        }
        Results results = new Runner(plan, Jvm.of(java, jvmOptions), err)
                .run(sofar -> new ResultsFile(plan.name(), machine, sofar).write(json));
        out.println("All samples are in " + json + ".");
        return new ResultsFile(plan.name(), machine, results);
    }

    private Plan plan(int javaFeature) {
        List<Workload> wanted = workloads.stream().map(Workload::ofId).toList();
        List<Peer> peers = contenders.stream().map(Peer::ofId).toList();
        Plan chosen = whole(!wanted.isEmpty(), javaFeature)
                .only(entry -> (wanted.isEmpty() || wanted.contains(entry.workload()))
                        && (peers.isEmpty() || peers.contains(entry.peer())));
        return rounds > 0 ? chosen.withRounds(rounds) : chosen;
    }

    /** Who names a workload gets it, in short samples too, with all that can take part. */
    private Plan whole(boolean named, int javaFeature) {
        if (!quick) {
            return Plan.full(javaFeature);
        }
        return named ? Plan.full(javaFeature).hurried() : Plan.quick(javaFeature);
    }
}
