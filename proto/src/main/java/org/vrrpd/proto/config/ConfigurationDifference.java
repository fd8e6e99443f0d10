package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In what two configurations differ, in the words of the configuration file: the canonical texts compared statement by
 * statement, so that no setting can be forgotten. Secrets are named, not shown.
 */
public final class ConfigurationDifference {

    private static final String SECRET_BLOCK = "authentication";
    private static final String INSTANCE = "vrrp_instance ";
    private static final String ONLY_AT_START = " (at the next start)";
    private static final List<String> START = List.of(
            "startup_script", "startup_script_timeout", "vrrp_startup_delay", "vrrp_delay_after_boot");

    private final Map<String, Map<String, List<String>>> from;
    private final Map<String, Map<String, List<String>>> to;

    private ConfigurationDifference(
            Map<String, Map<String, List<String>>> from, Map<String, Map<String, List<String>>> to) {
        this.from = from;
        this.to = to;
    }

    /** @param renamed instances: new name to former name */
    public static ConfigurationDifference of(Configuration from, Configuration to, Map<String, String> renamed) {
        Map<String, Map<String, List<String>>> former = blocks(ConfigurationPrinter.print(from));
        Map<String, Map<String, List<String>>> underNewNames = new LinkedHashMap<>(former);
        renamed.forEach((next, name) -> underNewNames.remove(INSTANCE + name));
        renamed.forEach((next, name) -> underNewNames.put(INSTANCE + next, former.get(INSTANCE + name)));
        return new ConfigurationDifference(underNewNames, blocks(ConfigurationPrinter.print(to)));
    }

    /** The top-level blocks that differ, such as "vrrp_script chk", in the order of the new configuration. */
    public List<String> blocks() {
        Set<String> all = new LinkedHashSet<>(to.keySet());
        all.addAll(from.keySet());
        return all.stream().filter(block -> !statements(from, block).equals(statements(to, block))
                || from.containsKey(block) != to.containsKey(block)).toList();
    }

    /** "added", "removed" or "changed". */
    public String fate(String block) {
        return !from.containsKey(block) ? "added" : to.containsKey(block) ? "changed" : "removed";
    }

    /** One line a setting: "priority 100 -> 150", "+ nopreempt", "virtual_ipaddress - 10.1.0.5/24". */
    public List<String> changes(String block) {
        List<String> changes = new ArrayList<>();
        if (!from.containsKey(block) || !to.containsKey(block)) {
            return changes;
        }
        Set<String> keywords = new LinkedHashSet<>(statements(from, block).keySet());
        keywords.addAll(statements(to, block).keySet());
        for (String keyword : keywords) {
            List<String> former = statements(from, block).get(keyword);
            List<String> next = statements(to, block).get(keyword);
            if (former == null || !former.equals(next)) {
                compare(keyword, former, next, changes);
            }
        }
        return changes;
    }

    private static void compare(String keyword, List<String> former, List<String> next, List<String> changes) {
        String when = START.contains(keyword) ? ONLY_AT_START : "";
        if (keyword.equals(SECRET_BLOCK)) {
            changes.add(keyword + (former == null ? " added" : next == null ? " removed" : " changed"));
        } else if (former != null && next != null && former.size() == 1 && next.size() == 1) {
            changes.add(keyword + " " + former.get(0) + " -> " + next.get(0) + when);
        } else {
            List<String> gone = without(former, next);
            List<String> come = without(next, former);
            gone.forEach(value -> changes.add(entry(keyword, "-", value) + when));
            come.forEach(value -> changes.add(entry(keyword, "+", value) + when));
            if (gone.isEmpty() && come.isEmpty()) {
                changes.add(keyword + " in another order");
            }
        }
    }

    private static List<String> without(List<String> values, List<String> others) {
        List<String> rest = new ArrayList<>(values == null ? List.of() : values);
        rest.removeAll(others == null ? List.of() : others);
        return rest;
    }

    private static String entry(String keyword, String sign, String value) {
        return value.isEmpty() ? sign + " " + keyword : keyword + " " + sign + " " + value;
    }

    private static Map<String, List<String>> statements(
            Map<String, Map<String, List<String>>> configuration, String block) {
        return configuration.getOrDefault(block, new LinkedHashMap<>());
    }

    /** By the head of each block: by keyword, what stands behind it; of a block in it, its lines. */
    private static Map<String, Map<String, List<String>>> blocks(String canonical) {
        Map<String, Map<String, List<String>>> blocks = new LinkedHashMap<>();
        Map<String, List<String>> block = new LinkedHashMap<>();
        List<String> inner = null;
        for (String line : canonical.lines().toList()) {
            String words = line.strip();
            boolean opens = words.endsWith(" {");
            if (!line.startsWith(" ")) {
                block = opens ? new LinkedHashMap<>() : block;
                if (opens) {
                    blocks.put(words.substring(0, words.length() - 2), block);
                }
            } else if (words.equals("}")) {
                inner = null;
            } else if (inner != null) {
                inner.add(words);
            } else if (opens) {
                inner = block.computeIfAbsent(words.substring(0, words.length() - 2), head -> new ArrayList<>());
            } else {
                int space = words.indexOf(' ');
                block.computeIfAbsent(space < 0 ? words : words.substring(0, space), head -> new ArrayList<>())
                        .add(space < 0 ? "" : words.substring(space + 1));
            }
        }
        return blocks;
    }
}
