package org.vrrpd.ctl.command;

import java.nio.file.Path;
import org.vrrpd.proto.config.ConfigurationLoader;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.HostName;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.config.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = {
    "List all problems of a configuration, without a daemon.",
    "With --print, the configuration as it was understood follows, every default in it: a configuration file",
    "that means the same. The problems then go to the standard error.",
    "Exit status: 1 when there is an error."})
public final class CheckCommand implements Verb {

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file;

    @Option(names = {"-i", "--config-id"}, paramLabel = "ID",
            description = "What lines that begin with @ are compared with; else the host's name.")
    private String configId;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--print", description = "Print the configuration as it was understood, unless there is an error.")
    private boolean print;

    @Override
    public int run(Session session) {
        String id = configId != null ? configId : HostName.shortName();
        LoadResult result = ConfigurationLoader.load(file, Surroundings.ofProcess(id, System.nanoTime()));
        String problems = session.renderer(json).problems(file, result.problems());
        if (!print) {
            session.print(problems);
        } else {
            session.printAside(problems);
            session.print(result.hasErrors() ? "" : ConfigurationPrinter.print(result.configuration()).stripTrailing());
        }
        return result.hasErrors() ? Exit.PROBLEM : Exit.OK;
    }
}
