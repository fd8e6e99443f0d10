package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Makes a scenario for certain nodes out of a text: says whom {@code MASTER}, {@code REST} and {@code EACH} mean, and
 * when {@code later} is; and refuses names that there are not, since what befalls nobody would look like good news.
 * Lines with EACH that follow each other are repeated together.
 */
final class Casting {

    private static final String MASTER = "MASTER";
    private static final String REST = "REST";
    private static final String EACH = "EACH";
    /** Nodes cannot be called so. */
    static final List<String> WORDS = List.of(MASTER, REST, EACH, "all");
    private static final String LATER = "later";
    private static final String ALL_LINKS = ":*";
    private static final String EACH_LINK = ":EACH";

    /**
     * Who can be named.
     *
     * @param links of each node, in the LAN's order
     * @param master who is MASTER of most virtual routers
     * @param blocks of each node: instances and groups, which {@code edit} can name
     * @param scripts of each node: what {@code script} can name
     * @param files of each node: names of track_file with their paths
     * @param processes of each node: names of vrrp_track_process with what they look for
     * @param laterNanos how long the nodes may need to settle
     */
    record Cast(Map<String, TreeSet<String>> links, String master, Map<String, TreeSet<String>> blocks,
            Map<String, TreeSet<String>> scripts, Map<String, TreeMap<String, String>> files,
            Map<String, TreeMap<String, String>> processes, long laterNanos) {

        Collection<String> nodes() {
            return links.keySet();
        }
    }

    private record Line(int number, List<String> words) {
        boolean isForEachNode() {
            return words.stream().anyMatch(word -> word.equals(EACH) || word.startsWith(EACH + ":"));
        }

        /** The node whose interfaces it is for, one after the other; empty when it is not. */
        String forEachLinkOf() {
            return words.stream().filter(word -> word.endsWith(EACH_LINK)).findFirst()
                    .map(word -> word.substring(0, word.length() - EACH_LINK.length())).orElse("");
        }

        boolean isLike(Line other) {
            return isForEachNode() == other.isForEachNode() && forEachLinkOf().equals(other.forEachLinkOf());
        }
    }

    private final String name;
    private final Cast cast;
    private final List<Statement> statements = new ArrayList<>();
    /** Names that links get in the course of the scenario, as {@code node:link}. */
    private final TreeSet<String> newLinks = new TreeSet<>();
    private long until = -1;
    private long before;

    private Casting(String name, Cast cast) {
        this.name = name;
        this.cast = cast;
    }

    /** Throws IllegalArgumentException with the scenario's name and the line. */
    static Scenario cast(String name, String text, Cast cast) {
        Casting casting = new Casting(name, cast);
        List<Line> lines = lines(text);
        int from = 0;
        for (int i = 1; i <= lines.size(); i++) {
            if (i == lines.size() || !lines.get(i).isLike(lines.get(from))) {
                casting.readAlike(lines.subList(from, i));
                from = i;
            }
        }
        return casting.scenario();
    }

    private void readAlike(List<Line> lines) {
        String node = lines.get(0).forEachLinkOf();
        if (lines.get(0).isForEachNode()) {
            cast.nodes().forEach(each -> lines.forEach(line -> read(line, each, "")));
        } else if (node.isEmpty()) {
            lines.forEach(line -> read(line, "", ""));
        } else {
            cast.links.getOrDefault(node.equals(MASTER) ? cast.master : node, new TreeSet<>())
                    .forEach(link -> lines.forEach(line -> read(line, "", link)));
        }
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            String line = all[i].replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                lines.add(new Line(i + 1, List.of(line.split("\\s+"))));
            }
        }
        return lines;
    }

    private Scenario scenario() {
        List<Statement> sorted = new ArrayList<>(statements);
        sorted.sort(Comparator.comparingLong(Statement::atNanos));
        long last = sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1).atNanos();
        return new Scenario(sorted, until >= 0 ? until : last + cast.laterNanos);
    }

    private void read(Line line, String each, String link) {
        try {
            if (line.words.get(0).equals("until") && line.words.size() == 2) {
                until = time(line.words.get(1));
            } else {
                expand(timed(line.words), each, link).forEach(this::add);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ":" + line.number + ": " + e.getMessage(), e);
        }
    }

    private void add(List<String> words) {
        Statement statement = Scenario.statement(words);
        checkNames(statement);
        checkValues(statement);
        statements.add(translated(statement));
        before = statement.atNanos();
    }

    /** The time as one that counts from the beginning. */
    private List<String> timed(List<String> words) {
        if (words.size() < 3 || !words.get(0).equals("at")) {
            return words;
        }
        List<String> timed = new ArrayList<>(words);
        timed.set(1, Statement.duration(time(words.get(1))));
        return timed;
    }

    private long time(String text) {
        if (text.equals(LATER)) {
            return before + cast.laterNanos;
        }
        long nanos = text.startsWith("+") ? before + Statement.nanos(text.substring(1)) : Statement.nanos(text);
        if (nanos < 0) {
            throw new IllegalArgumentException("Expected a time from 0s on, but found " + text);
        }
        return nanos;
    }

    private List<List<String>> expand(List<String> words, String each, String link) {
        List<List<String>> expanded = List.of(words.stream().map(word -> link.isEmpty() || !word.endsWith(EACH_LINK)
                ? word : word.substring(0, word.length() - EACH_LINK.length()) + ":" + link).toList());
        expanded = replace(expanded, EACH, List.of(each));
        expanded = replace(expanded, MASTER, List.of(cast.master));
        expanded = replace(expanded, REST, cast.nodes().stream().filter(node -> !node.equals(cast.master)).toList());
        List<List<String>> whole = new ArrayList<>();
        for (List<String> line : expanded) {
            whole.addAll(withLinks(line));
        }
        return whole;
    }

    private static List<List<String>> replace(List<List<String>> lines, String role, List<String> nodes) {
        List<List<String>> replaced = new ArrayList<>();
        for (List<String> line : lines) {
            if (line.stream().noneMatch(word -> word.equals(role) || word.startsWith(role + ":"))) {
                replaced.add(line);
                continue;
            }
            for (String node : nodes) {
                replaced.add(line.stream().map(word -> word.equals(role) ? node
                        : word.startsWith(role + ":") ? node + word.substring(role.length()) : word).toList());
            }
        }
        return replaced;
    }

    /** {@code gw1:*} is each of its interfaces. */
    private List<List<String>> withLinks(List<String> line) {
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            String node = word.endsWith(ALL_LINKS) ? word.substring(0, word.length() - ALL_LINKS.length()) : "";
            if (cast.links.containsKey(node)) {
                List<List<String>> expanded = new ArrayList<>();
                for (String link : cast.links.get(node)) {
                    List<String> one = new ArrayList<>(line);
                    one.set(i, node + ":" + link);
                    expanded.add(one);
                }
                return expanded;
            }
        }
        return List.of(line);
    }

    private void checkNames(Statement statement) {
        List<String> words = statement.words();
        switch (Director.subject(statement.verb())) {
            case NODE -> {
                checkNode(words.get(1));
                checkParts(statement.verb(), words);
            }
            case PORT -> checkPort(words);
            case PATH -> {
                if (!words.get(1).equals("all")) {
                    checkNode(words.get(1));
                    checkNode(words.get(3));
                }
            }
            default -> { }
        }
    }

    private void checkNode(String node) {
        if (!cast.links.containsKey(node)) {
            throw unknown("a node", cast.nodes(), node);
        }
    }

    private void checkPort(List<String> words) {
        String[] port = words.get(1).split(":", 2);
        checkNode(port[0]);
        if (words.get(0).equals("make-link")) {
            newLinks.add(words.get(1));
        } else if (!cast.links.get(port[0]).contains(port[1]) && !newLinks.contains(words.get(1))) {
            throw unknown("an interface of " + port[0], cast.links.get(port[0]), port[1]);
        }
        if (words.get(0).equals("rename-link")) {
            newLinks.add(port[0] + ":" + words.get(2));
        }
    }

    /** What is right in its form can still be no duration or address. */
    private static void checkValues(Statement statement) {
        List<String> words = statement.words();
        switch (statement.verb()) {
            case "delay", "jitter", "late" -> Statement.nanos(words.get(words.size() - 1));
            case "wall-clock" -> Statement.nanos(words.get(2));
            case "stranger" -> IpAddress.parse(words.get(1));
            case "address" -> IpAddress.parse(words.get(3).substring(0, words.get(3).indexOf('/')));
            default -> { }
        }
    }

    private void checkParts(String verb, List<String> words) {
        String node = words.get(1);
        switch (verb) {
            case "split", "join" -> words.subList(1, words.size()).forEach(this::checkNode);
            case "edit" -> {
                if (words.get(2).equals("script")) {
                    checkScript(node, words.get(3));
                } else if (words.size() > 3 && !cast.blocks.get(node).contains(words.get(3))) {
                    throw unknown("an instance or group of " + node, cast.blocks.get(node), words.get(3));
                } else if (words.size() > 4 && words.get(4).endsWith("track")) {
                    checkTracked(node, words.get(5), words.get(6));
                }
            }
            case "script" -> checkScript(node, words.get(2));
            case "file" -> checkNamed("a track_file of " + node, cast.files.get(node), words.get(2));
            case "processes" ->
                    checkNamed("a vrrp_track_process of " + node, cast.processes.get(node), words.get(2));
            default -> { }
        }
    }

    private void checkScript(String node, String name) {
        checkKnown("a vrrp_script that " + node + " tracks", cast.scripts.get(node), name);
    }

    private static void checkKnown(String what, Collection<String> known, String found) {
        if (!known.contains(found)) {
            throw unknown(what, known, found);
        }
    }

    /** By its name in the configuration, as what an edit writes must have it. */
    private void checkTracked(String node, String kind, String name) {
        switch (kind) {
            case "script" -> checkScript(node, name);
            case "file" -> checkKnown("a track_file of " + node, cast.files.get(node).keySet(), name);
            case "process" -> checkKnown("a vrrp_track_process of " + node, cast.processes.get(node).keySet(), name);
            default -> { } // an interface that is not there yet can be tracked
        }
    }

    private static void checkNamed(String what, TreeMap<String, String> known, String found) {
        if (!known.containsKey(found) && !known.containsValue(found)) {
            throw unknown(what, known.keySet(), found);
        }
    }

    /** The simulated host knows files and processes by what the system calls them. */
    private Statement translated(Statement statement) {
        List<String> words = new ArrayList<>(statement.words());
        Map<String, TreeMap<String, String>> names = switch (statement.verb()) {
            case "file" -> cast.files;
            case "processes" -> cast.processes;
            default -> null;
        };
        if (names == null) {
            return statement;
        }
        words.set(2, names.get(words.get(1)).getOrDefault(words.get(2), words.get(2)));
        return new Statement(statement.atNanos(), words);
    }

    private static IllegalArgumentException unknown(String what, Collection<String> known, String found) {
        String expected = known.isEmpty() ? what + ", of which there is none" : what + ", one of "
                + String.join(", ", known);
        return new IllegalArgumentException("Expected " + expected + ", but found " + found);
    }
}
