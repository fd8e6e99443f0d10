package org.vrrpd.ctl.command;

import java.nio.file.Path;
import org.vrrpd.proto.config.ConfigurationLoader;
import org.vrrpd.proto.config.HostName;
import org.vrrpd.proto.config.LoadResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = {
    "List all problems of a configuration, without a daemon.",
    "Exit status: 1 when there is an error."})
public final class CheckCommand implements Verb {

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file;

    @Option(names = {"-i", "--config-id"}, paramLabel = "ID",
            description = "What lines that begin with @ are compared with; else the host's name.")
    private String configId;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public int run(Session session) {
        LoadResult result = ConfigurationLoader.load(file, configId != null ? configId : HostName.shortName());
        session.print(session.renderer(json).problems(file, result.problems()));
        return result.hasErrors() ? Exit.PROBLEM : Exit.OK;
    }
}
