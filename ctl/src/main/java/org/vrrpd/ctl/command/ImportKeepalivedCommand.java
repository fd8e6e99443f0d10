package org.vrrpd.ctl.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.vrrpd.proto.config.ConfigurationCopy;
import org.vrrpd.proto.config.HostName;
import org.vrrpd.proto.config.Problem;
import org.vrrpd.proto.config.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "import-keepalived", description = {
    "Take over keepalived's configuration: check it, say what differs, and write it for vrrpd.",
    "Comments and layout stay; relative includes become absolute.",
    "The answer names all that is skipped, what vrrpd does otherwise for words of this file, what the service needs",
    "for it, and what to do next.",
    "A file that configures something already is not replaced without --force; the old one is kept.",
    "Exit status: 1 when there is an error, and then nothing is written."})
public final class ImportKeepalivedCommand implements Verb {

    private static final String USUAL = "/etc/keepalived/keepalived.conf";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final KeepalivedHost host;

    @Option(names = "--from", paramLabel = "FILE",
            description = "What to take over; else what keepalived's service reads, usually " + USUAL + ".")
    private Path from;

    @Option(names = "--to", paramLabel = "FILE", defaultValue = "/etc/vrrpd/vrrpd.conf",
            description = "What to write (${DEFAULT-VALUE}).")
    private Path to;

    @Option(names = {"-i", "--config-id"}, paramLabel = "ID",
            description = "What lines that begin with @ are compared with; else what keepalived's service says, "
                    + "else the host's name.")
    private String configId;

    @Option(names = "--force", description = "Replace a file that configures something; it is kept.")
    private boolean force;

    @Option(names = "--dry-run", description = "Write nothing: print what would be told.")
    private boolean dryRun;

    public ImportKeepalivedCommand() {
        this(new KeepalivedHost(Path.of("/")));
    }

    ImportKeepalivedCommand(KeepalivedHost host) {
        this.host = host;
    }

    @Override
    public int run(Session session) throws IOException, ProblemException {
        Path source = from != null ? from : Path.of(orElse(host.option("-f", "--use-file"), USUAL));
        String told = configId != null ? configId : host.option("-i", "--config-id");
        if (!Files.exists(source)) {
            throw new ProblemException("expected keepalived's configuration in " + source
                    + ", but found no such file: --from says where it is");
        }
        if (Files.exists(to) && Files.isSameFile(source, to)) {
            throw new ProblemException("expected --to to be another file than --from, but both are " + to);
        }
        ImportTarget target = new ImportTarget(to);
        Surroundings surroundings = Surroundings.ofProcess(orElse(told, HostName.shortName()), System.nanoTime());
        ConfigurationCopy copy = ConfigurationCopy.of(source, to, head(session, source), surroundings);
        List<Problem> problems = Stream.concat(
                copy.original().problems().stream(), copy.obstacles().stream()).toList();
        if (copy.original().hasErrors() || !copy.obstacles().isEmpty()) {
            session.print(session.renderer(false).problems(source, problems));
            session.warn("nothing is imported: the errors above must be corrected in " + source + " first");
            return Exit.PROBLEM;
        }
        if (copy.original().configuration().instances().isEmpty()) {
            throw new ProblemException("expected a vrrp_instance in " + source + ", but found none: nothing is"
                    + " imported, since vrrpd does VRRP and no load balancing");
        }
        Path kept = null;
        if (dryRun) {
            warnOfObstacle(target, session);
        } else {
            target.requireReplaceable(force);
            kept = target.write(copy.content());
        }
        session.print(new ImportReport(source, to, copy, host, told).text(!dryRun, kept));
        return Exit.OK;
    }

    private void warnOfObstacle(ImportTarget target, Session session) throws IOException {
        try {
            target.requireReplaceable(force);
        } catch (ProblemException e) {
            session.warn(e.getMessage());
        }
    }

    private static String head(Session session, Path source) {
        return "# imported from " + source.toAbsolutePath().normalize() + " at "
                + TIME.format(ZonedDateTime.now(session.clock())) + " by vrrpctl import-keepalived\n";
    }

    private static String orElse(String value, String other) {
        return value != null && !value.isEmpty() ? value : other;
    }
}
