package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** garp_group blocks: the spacing of announcements on single interfaces. */
final class GarpGroups {

    private static final String WHERE = "garp_group";

    /** @param garpNanos null: as global, and so is the other */
    record Spacing(Long garpNanos, Long naNanos) {}

    private final Map<String, Spacing> byInterface = new LinkedHashMap<>();
    private final Problems problems;

    GarpGroups(Problems problems) {
        this.problems = problems;
    }

    void read(Statement statement) {
        List<Word> interfaces = new ArrayList<>();
        Long garp = null;
        Long na = null;
        Repeats repeats = new Repeats(WHERE, problems);
        for (Statement line : new Arguments(statement, "the file", problems).block()) {
            if (!line.keyword().text().equals("interface")) {
                repeats.check(line);
            }
            Arguments arguments = new Arguments(line, WHERE, problems);
            switch (line.keyword().text()) {
                case "garp_interval" -> garp = GlobalSettings.interval(arguments);
                case "gna_interval" -> na = GlobalSettings.interval(arguments);
                case "interface" -> {
                    Word name = arguments.interfaceName();
                    if (name != null) {
                        interfaces.add(name);
                    }
                }
                case "interfaces" -> {
                    readInterfaces(arguments, interfaces);
                    continue;
                }
                default -> {
                    Keywords.skip(Keywords.Scope.GARP, line, WHERE, problems);
                    continue;
                }
            }
            arguments.end();
        }
        if (interfaces.size() > 1) {
            problems.warning(statement.keyword(), "garp_group of " + interfaces.size()
                    + " interfaces: the spacing holds on each of them, not between them");
        }
        add(interfaces, new Spacing(garp, na));
    }

    private void readInterfaces(Arguments block, List<Word> interfaces) {
        for (Statement names : block.block()) {
            if (Keywords.isRoot(names.keyword())) {
                Keywords.skip(Keywords.Scope.GARP, names, WHERE, problems);
                continue;
            }
            for (Word name : names.words()) {
                if (Arguments.isInterfaceName(name.text())) {
                    interfaces.add(name);
                } else {
                    problems.error(name, name.shown() + " in interfaces of " + WHERE
                            + ": expected the name of an interface, at most 15 characters");
                }
            }
        }
    }

    private void add(List<Word> interfaces, Spacing spacing) {
        for (Word name : interfaces) {
            if (byInterface.putIfAbsent(name.text(), spacing) != null) {
                problems.warning(name, name.shown() + " in " + WHERE + " again: ignored");
            }
        }
    }

    long garpNanos(String interfaceName, long global) {
        Spacing spacing = byInterface.get(interfaceName);
        return spacing == null || spacing.garpNanos() == null ? global : spacing.garpNanos();
    }

    long naNanos(String interfaceName, long global) {
        Spacing spacing = byInterface.get(interfaceName);
        return spacing == null || spacing.naNanos() == null ? global : spacing.naNanos();
    }
}
