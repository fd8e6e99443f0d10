package org.vrrpd.ctl.command;

import java.nio.file.Path;
import org.vrrpd.ctl.render.ReplayReport;
import org.vrrpd.proto.journal.JournalReader;
import org.vrrpd.proto.replay.Replay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "replay", description = {
    "Run a journal through this build's state machine, without a daemon, and print the transitions.",
    "With --verify the first line says whether every digest agrees; exit status 1 when one does not."})
public final class ReplayCommand implements Verb {

    @Parameters(paramLabel = "DIR", description = "The journal's directory, or one file of it.")
    private Path journal;

    @Option(names = "--verify", description = "Compare, and stop at the first record that disagrees.")
    private boolean verify;

    @Option(names = "--until", paramLabel = "SEQ|TIME",
            description = "Stop behind this record, or at this time, such as 14:33:41 or 2026-11-22T14:33:41.")
    private String until;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public int run(Session session) throws ProblemException {
        Replay.Until end = until == null ? Replay.Until.END : UntilOption.parse(until, session.clock());
        ReplayReport report = Journals.read(journal, path -> {
            ReplayRun run = new ReplayRun(path, verify);
            try (JournalReader reader = JournalReader.open(path, run::onDamage)) {
                return run.report(reader, end);
            }
        });
        if (report.result().records() == 0) {
            throw new ProblemException("expected records in " + journal + ", but found none"
                    + (until == null ? "" : " until " + until));
        }
        session.print(session.renderer(json).replay(report));
        if (!verify && report.disagreement() != null) {
            session.warn("this build disagrees with the journal at #" + report.disagreement().sequence()
                    + ": see --verify");
        }
        return !verify || report.proven() ? Exit.OK : Exit.PROBLEM;
    }
}
