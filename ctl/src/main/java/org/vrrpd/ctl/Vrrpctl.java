package org.vrrpd.ctl;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.ctl.command.CheckCommand;
import org.vrrpd.ctl.command.DumpCommand;
import org.vrrpd.ctl.command.EventsCommand;
import org.vrrpd.ctl.command.Exit;
import org.vrrpd.ctl.command.FaultsCommand;
import org.vrrpd.ctl.command.ImportKeepalivedCommand;
import org.vrrpd.ctl.command.LogLevelCommand;
import org.vrrpd.ctl.command.ProblemException;
import org.vrrpd.ctl.command.Refusal;
import org.vrrpd.ctl.command.RehearseCommand;
import org.vrrpd.ctl.command.ReloadCommand;
import org.vrrpd.ctl.command.ReplayCommand;
import org.vrrpd.ctl.command.Session;
import org.vrrpd.ctl.command.StatusCommand;
import org.vrrpd.ctl.command.Verb;
import org.vrrpd.proto.control.Build;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.RpcException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(name = "vrrpctl", description = "Asks a running vrrpd, and reads its journals.",
        versionProvider = Vrrpctl.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            Exit.OK + ":done; status: all healthy",
            Exit.PROBLEM + ":refused, not found; check, import-keepalived, rehearse: an error;"
                    + " replay --verify: not proven",
            Exit.FAULT + ":status: an instance is in FAULT or has a fault that does not block;"
                    + " rehearse: at the end of a scenario not every address is served by one node",
            Exit.NO_DAEMON + ":no daemon answers",
            Exit.USAGE + ":wrong usage"},
        subcommands = {StatusCommand.class, EventsCommand.class, FaultsCommand.class, ReloadCommand.class,
            CheckCommand.class, ImportKeepalivedCommand.class, DumpCommand.class, LogLevelCommand.class,
            ReplayCommand.class, RehearseCommand.class})
public final class Vrrpctl {

    @Option(names = "--control", paramLabel = "SOCK", defaultValue = ControlProtocol.DEFAULT_SOCKET,
            scope = CommandLine.ScopeType.INHERIT, description = "The daemon's control socket (${DEFAULT-VALUE}).")
    private Path socket;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the build and exit.")
    private boolean version;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
            description = "Print this and exit.")
    private boolean help;

    /** Asked only when it is printed: the build is a resource to be read. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"vrrpctl " + Build.id()};
        }
    }

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        int status = run(arguments, terminal);
        terminal.out().flush();
        System.exit(status);
    }

    /** What parses the command line and prints the help, and what the manual page and the completion are made from. */
    public static CommandLine commandLine() {
        return new CommandLine(new Vrrpctl());
    }

    /** Everything but the end of the process. */
    public static int run(String[] arguments, Terminal terminal) {
        Vrrpctl options = new Vrrpctl();
        CommandLine line = new CommandLine(options)
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        try {
            CommandLine.ParseResult parsed = line.parseArgs(withoutHelpVerb(arguments));
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            if (!parsed.hasSubcommand()) {
                line.usage(line.getErr());
                return Exit.USAGE;
            }
            Verb verb = (Verb) parsed.subcommand().commandSpec().userObject();
            return run(verb, new Session(terminal, options.socket), terminal);
        } catch (ParameterException e) {
            terminal.err().println("vrrpctl: " + e.getMessage());
            terminal.err().println("See vrrpctl --help");
            return Exit.USAGE;
        }
    }

    /** {@code help VERB} is what many try first; picocli's own command for it has options that clash with ours. */
    private static String[] withoutHelpVerb(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        String[] asOption = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
        asOption[asOption.length - 1] = "--help";
        return asOption;
    }

    private static int run(Verb verb, Session session, Terminal terminal) {
        try {
            return verb.run(session);
        } catch (NoDaemonException e) {
            terminal.err().println("vrrpctl: " + e.getMessage());
            return Exit.NO_DAEMON;
        } catch (RpcException e) {
            terminal.err().println("vrrpctl: " + Refusal.text(e, System.getProperty("user.name")));
        } catch (ProblemException e) {
            terminal.err().println("vrrpctl: " + e.getMessage());
        } catch (IOException e) {
            terminal.err().println("vrrpctl: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
        return Exit.PROBLEM;
    }
}
