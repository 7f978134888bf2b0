package dev.bowline.examples.cli;

import dev.bowline.ClientFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes one sentence and an exit code of whatever goes wrong; a stack trace only for those who asked for it. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final PrintStream err;

    Complaints(PrintStream err) {
        this.err = err;
    }

    /** Wrong arguments. */
    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        complain(err, sentence(problem) + " (see '" + command.getCommandSpec().qualifiedName() + " --help')");
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && problem.getCommandLine().getParent() == null) {
            return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return String.valueOf(problem.getMessage());
    }

    /** Failed at run time. */
    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        Output.FailedException output = Output.FailedException.in(problem);
        if (output != null && output.isBrokenPipe()) {
            return ExitCode.OK;
        }
        complain(err, sentence(output != null ? output : problem));
        if (Program.isVerbose(command)) {
            problem.printStackTrace(err);
        }
        return ExitCode.SOFTWARE;
    }

    private static String sentence(Exception problem) {
        String message = problem.getMessage();
        boolean meantForUsers = problem instanceof CommandFailedException
                || problem instanceof ClientFailedException
                || problem instanceof IOException;
        return meantForUsers && message != null ? message : "unexpectedly, " + problem + "; --verbose shows where";
    }

    /** Prints a sentence on a line of its own, whatever is in it. */
    static void complain(PrintStream err, String sentence) {
        err.println("bowline: " + CONTROL.matcher(sentence).replaceAll("?"));
    }
}
