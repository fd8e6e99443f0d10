package org.vrrpd.ctl.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.ctl.render.RehearsalReport;
import org.vrrpd.proto.config.ConfigurationLoader;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.config.Surroundings;
import org.vrrpd.proto.simulation.Rehearsal;
import org.vrrpd.proto.simulation.Rehearsal.Shipped;
import org.vrrpd.proto.simulation.Rehearsed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rehearse", description = {
    "Show what would happen if: play scenarios with the configurations of two or more nodes, on a simulated network",
    "and without a daemon. Tells who is MASTER when, and when an address is served by nobody or by several.",
    "A node is called as its file, gw1.conf is gw1, or as NAME=FILE says; lines of the file that begin with @ are",
    "compared with that name. Problems of the configurations go to the standard error.",
    "Without --scenario the shipped ones are played: the MASTER dies, its daemon or a link dies, the switch is",
    "partitioned, the MASTER stands still, all are restarted one after the other.",
    "Exit status: 2 when an address is not served by exactly one node at the end of a scenario; 1 when there is an",
    "error in a configuration or in the scenario."})
public final class RehearseCommand implements Verb {

    @Parameters(paramLabel = "[NAME=]FILE", arity = "0..*",
            description = "The configuration of a node; two or more.")
    private List<String> files = List.of();

    @Option(names = "--scenario", paramLabel = "FILE",
            description = "What befalls the nodes; a line each such as: at 5s link gw1:eno1 down")
    private Path scenario;

    @Option(names = "--list", description = "Print the shipped scenarios, to begin an own one with, and exit.")
    private boolean list;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "" + Rehearsal.USUAL_SEED,
            description = "What chance follows from, such as how long a packet travels (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public int run(Session session) throws IOException, ProblemException {
        if (list) {
            session.print(String.join("\n", Rehearsal.shipped().stream().map(RehearseCommand::listed).toList())
                    .stripTrailing());
            return Exit.OK;
        }
        List<Rehearsal.Node> nodes = load(session);
        if (nodes == null) {
            return Exit.PROBLEM;
        }
        Rehearsal rehearsal = new Rehearsal(nodes, seed);
        List<Rehearsed> rehearsed = new ArrayList<>();
        try {
            for (Shipped each : scenarios()) {
                rehearsed.add(rehearsal.run(each.name(), each.about(), each.text())
                        .called(scenario == null ? each.name() : scenario.getFileName().toString()));
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(e.getMessage());
        }
        RehearsalReport report = new RehearsalReport(nodes.stream().map(Rehearsal.Node::name).toList(),
                rehearsal.disagreements(), rehearsal.assumptions(), rehearsed);
        session.print(session.renderer(json).rehearsal(report));
        return report.isWhole() ? Exit.OK : Exit.FAULT;
    }

    private static String listed(Shipped shipped) {
        return "## " + shipped.name() + "\n" + shipped.text();
    }

    private List<Shipped> scenarios() throws IOException {
        return scenario == null ? Rehearsal.shipped()
                : List.of(new Shipped(scenario.toString(), "", Files.readString(scenario)));
    }

    /** Null when one has an error, which is then said. */
    private List<Rehearsal.Node> load(Session session) throws ProblemException {
        if (files.size() < 2) {
            throw new ProblemException("expected the configurations of two or more nodes, but found "
                    + (files.isEmpty() ? "none" : "only " + files.get(0)));
        }
        List<Rehearsal.Node> nodes = new ArrayList<>();
        boolean failed = false;
        for (String argument : files) {
            int sign = argument.indexOf('=');
            Path file = Path.of(argument.substring(sign + 1));
            String name = sign > 0 ? argument.substring(0, sign)
                    : file.getFileName().toString().replaceFirst("\\.conf$", "");
            checkName(name, argument, nodes);
            LoadResult result = ConfigurationLoader.load(file, Surroundings.ofProcess(name, seed));
            if (!result.problems().isEmpty()) {
                session.printAside(session.renderer(json).problems(file, result.problems()));
            }
            failed |= result.hasErrors();
            nodes.add(new Rehearsal.Node(name, result.configuration(), result.places()));
        }
        return failed ? null : nodes;
    }

    private static void checkName(String name, String argument, List<Rehearsal.Node> nodes) throws ProblemException {
        if (!Rehearsal.isName(name)) {
            throw new ProblemException("expected a node's name of letters, digits, and _ . -, but found " + name
                    + " for " + argument + " (NAME=FILE names it)");
        }
        if (nodes.stream().anyMatch(node -> node.name().equals(name))) {
            throw new ProblemException("expected another name than " + name + " for " + argument
                    + ", since a node before it has that (NAME=FILE names it)");
        }
    }
}
