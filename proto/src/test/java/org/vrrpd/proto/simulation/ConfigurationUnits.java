package org.vrrpd.proto.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be left out of the configurations of several routers, of all of them at a time: blocks and lines, each known
 * by the first words of the blocks around it and its own.
 */
final class ConfigurationUnits {

    private ConfigurationUnits() {}

    /** Larger ones first. */
    static List<String> of(Map<String, String> texts) {
        Set<String> units = new LinkedHashSet<>();
        texts.values().forEach(text -> walk(text, units, ""));
        return units.stream().sorted((a, b) -> Integer.compare(depth(a), depth(b))).toList();
    }

    private static int depth(String unit) {
        return (int) unit.chars().filter(each -> each == '/').count();
    }

    /** An instance that goes is gone from its group, too. */
    static Map<String, String> without(Map<String, String> texts, String unit) {
        Map<String, String> left = new TreeMap<>();
        texts.forEach((name, text) -> left.put(name, walk(text, new LinkedHashSet<>(), unit)));
        return left;
    }

    /** Notes all units, and returns the text without one of them. */
    private static String walk(String text, Set<String> units, String without) {
        StringBuilder left = new StringBuilder();
        Deque<String> blocks = new ArrayDeque<>();
        int droppedAt = Integer.MAX_VALUE;
        for (String line : text.split("\n")) {
            boolean closes = line.strip().equals("}");
            String unit = closes ? "" : String.join("", blocks) + key(line, blocks);
            boolean dropped = !closes && (unit.equals(without) || isMember(blocks, line, without));
            if (!closes) {
                units.add(unit);
            }
            if (dropped && droppedAt == Integer.MAX_VALUE && opens(line)) {
                droppedAt = blocks.size();
            }
            if (!dropped && droppedAt == Integer.MAX_VALUE) {
                left.append(line).append('\n');
            }
            if (opens(line)) {
                blocks.addLast(key(line, blocks) + "/");
            } else if (closes) {
                blocks.removeLast();
                droppedAt = blocks.size() == droppedAt ? Integer.MAX_VALUE : droppedAt;
            }
        }
        return left.toString();
    }

    private static boolean opens(String line) {
        return line.strip().endsWith("{");
    }

    /** Of a setting its keyword, so that routers whose priorities differ lose them together; else the whole line. */
    private static String key(String line, Deque<String> blocks) {
        boolean setting = blocks.size() == 1 && !opens(line);
        return setting ? line.strip().split("\\s+")[0] : line.strip();
    }

    private static boolean isMember(Deque<String> blocks, String line, String without) {
        List<String> words = new ArrayList<>(Arrays.asList(without.split("\\s+")));
        return words.get(0).equals("vrrp_instance") && words.size() > 1 && !without.contains("/")
                && blocks.size() == 2 && blocks.getLast().startsWith("group") && line.strip().equals(words.get(1));
    }
}
