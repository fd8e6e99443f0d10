package org.vrrpd.daemon;

import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.vrrpd.daemon.input.ConfigurationFile;
import org.vrrpd.daemon.input.ConfigurationSource.Loaded;
import org.vrrpd.daemon.input.SignalNumber;
import org.vrrpd.daemon.linux.Linux;
import org.vrrpd.daemon.output.JournaldOutput;
import org.vrrpd.daemon.output.JournaldStream;
import org.vrrpd.daemon.output.LogOutput;
import org.vrrpd.daemon.output.LogWriter;
import org.vrrpd.daemon.output.StreamOutput;
import org.vrrpd.daemon.runtime.BuildId;
import org.vrrpd.daemon.runtime.Warmup;
import org.vrrpd.daemon.systemd.ServiceManager;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.narrate.LogEntry;
import org.vrrpd.proto.narrate.LogLines;

/** The process: from the command line to its exit status. */
public final class Vrrpd {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int CONFIGURATION_WRONG = 2;
    private static final int NOTHING_CONFIGURED = 6;

    private Vrrpd() {}

    public static void main(String[] arguments) {
        // not System.err: its lock is shared with whatever a library prints
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        boolean journald = JournaldStream.isStderr();
        StreamOutput lines = new StreamOutput(err, journald);
        int status;
        try {
            LogOutput log = journald ? new JournaldOutput(lines, JournaldOutput.SOCKET) : lines;
            status = run(Options.parse(List.of(arguments)), err, log);
        } catch (IllegalArgumentException e) {
            lines.write(LogEntry.of(LogLevel.ERROR, "vrrpd: " + e.getMessage() + "\n" + Options.USAGE));
            status = FAILED;
        } catch (IOException e) {
            lines.write(LogEntry.of(LogLevel.ERROR, "vrrpd: " + e.getMessage()));
            status = FAILED;
        } catch (InterruptedException e) {
            status = FAILED;
        }
        err.flush();
        Runtime.getRuntime().halt(status); // no hook has work to do, and no thread may keep the process
    }

    private static int run(Options options, PrintStream err, LogOutput lines) throws IOException, InterruptedException {
        if (options.help() || options.version()) {
            System.out.print(options.help() ? Options.USAGE : "vrrpd " + BuildId.text() + "\n");
            System.out.flush();
            return DONE;
        }
        if (!options.signum().isEmpty()) {
            return printSignal(options.signum(), err);
        }
        StopSignals signals = new StopSignals();
        Warmup.Running warm = null;
        if (!options.check()) {
            signals.install();
            warm = Warmup.start(Linux::load); // else interpreted for the first time in the first takeover
        }
        ConfigurationFile source = new ConfigurationFile(options.config(), options.configId());
        Loaded configuration = source.load();
        if (options.check()) {
            PrintStream out = options.print() ? err : System.out;
            configuration.problems().forEach(out::println);
            out.println(configuration.summary());
            if (options.print() && !configuration.refused()) {
                System.out.print(new String(configuration.canonicalText(), StandardCharsets.UTF_8));
                System.out.flush();
            }
            return configuration.refused() ? FAILED : DONE;
        }
        try (LogWriter log = new LogWriter(lines, options.logLevel())) {
            if (!configuration.missing()) {
                configuration.problems().forEach(
                        problem -> log.log(LogLines.level(problem.severity()), problem.toString()));
            }
            if (configuration.missing() || configuration.empty()) {
                return nothingConfigured(options.config(), configuration.missing(), log);
            }
            if (configuration.refused()) {
                return CONFIGURATION_WRONG;
            }
            return new Daemon(options, log).run(source, configuration, signals, warm);
        }
    }

    /** No failure: somebody has installed it, and will configure it next. */
    private static int nothingConfigured(Path file, boolean missing, LogWriter log) {
        String what = missing ? "there is no " + file : "there is no vrrp_instance in " + file;
        log.warning("vrrpd: nothing is configured: " + what + ". Copy your keepalived.conf there (vrrpctl"
                + " import-keepalived does it, and says what differs), then start vrrpd again.");
        ServiceManager.tellEnd(System.getenv(), "nothing is configured: " + what, log::warning);
        return NOTHING_CONFIGURED;
    }

    /** For scripts that send keepalived's signals. */
    private static int printSignal(String name, PrintStream err) {
        for (SignalNumber signal : SignalNumber.values()) {
            if (signal.name().equals(name)) {
                System.out.println(signal.number());
                System.out.flush();
                return DONE;
            }
        }
        err.println("vrrpd: Expected one of " + List.of(SignalNumber.values()) + ", but found " + name);
        return FAILED;
    }
}
