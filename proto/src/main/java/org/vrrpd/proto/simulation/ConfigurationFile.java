package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.LoadResult;

/**
 * The configuration file of a router, as somebody edits it: what it was first, and then one change after the other.
 * Nothing comes of an edit before the daemon reads the file.
 */
final class ConfigurationFile {

    private static final String BROKEN = "vrrp_instance broken {\n    virtual_router_id 300\n}\n";

    private String original = "";
    private final List<List<String>> edits = new ArrayList<>();

    void write(String text) {
        original = text;
        edits.clear();
    }

    /** @param words as behind {@code edit ROUTER} in a scenario */
    void edit(List<String> words) {
        String last = words.get(words.size() - 1);
        if (!last.equals("back")) {
            edits.add(List.copyOf(words));
        } else if (words.size() == 1) {
            edits.clear();
        } else {
            edits.removeIf(each -> each.size() > 1 && each.subList(0, 2).equals(words.subList(0, 2)));
        }
    }

    LoadResult load() {
        return ConfigurationParser.parse(text(), "vrrpd.conf", "host");
    }

    static String canonical(Configuration configuration) {
        return ConfigurationPrinter.print(configuration);
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(original.split("\n")));
        for (List<String> edit : edits) {
            switch (edit.get(0)) {
                case "instance" -> editInstance(lines, edit.get(1), edit.subList(2, edit.size()));
                case "script" -> editScript(lines, edit.get(1), edit.subList(3, edit.size()));
                case "group" -> remove(lines, "vrrp_sync_group " + edit.get(1) + " {");
                default -> lines.add(BROKEN);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static void editInstance(List<String> lines, String name, List<String> words) {
        String head = "vrrp_instance " + name + " {";
        int from = lines.indexOf(head);
        if (from < 0) {
            return;
        }
        List<String> block = lines.subList(from, end(lines, from));
        switch (words.get(0)) {
            case "gone" -> {
                remove(lines, head);
                leaveGroup(lines, name);
            }
            case "vmac" -> {
                block.removeIf(line -> isOf(line, "use_vmac") || isOf(line, "vmac_xmit_base"));
                if (words.get(1).equals("on")) {
                    block.add("    use_vmac");
                }
            }
            case "add-address" -> {
                int list = block.indexOf("    virtual_ipaddress {");
                block.add(list + 1, "        " + words.get(1));
            }
            case "track" -> track(block, words.get(1), words.get(2),
                    String.join(" ", words.subList(2, words.size())));
            case "untrack" -> untrack(block, words.get(1), words.get(2));
            case "remove-address" -> block.removeIf(line -> isOf(line, words.get(1)));
            default -> set(block, words.get(1), String.join(" ", words.subList(1, words.size())));
        }
    }

    private static void editScript(List<String> lines, String name, List<String> words) {
        int from = lines.indexOf("vrrp_script " + name + " {");
        if (from >= 0) {
            set(lines.subList(from, end(lines, from)), words.get(0), String.join(" ", words));
        }
    }

    /** Where it is tracked already, that line becomes this one. */
    private static void track(List<String> block, String kind, String name, String line) {
        untrack(block, kind, name);
        int list = block.indexOf("    track_" + kind + " {");
        if (list < 0) {
            block.addAll(List.of("    track_" + kind + " {", "        " + line, "    }"));
        } else {
            block.add(list + 1, "        " + line);
        }
    }

    private static void untrack(List<String> block, String kind, String name) {
        int list = block.indexOf("    track_" + kind + " {");
        for (int i = list + 1; list >= 0 && !block.get(i).equals("    }"); i++) {
            if (isOf(block.get(i), name)) {
                block.remove(i);
                return;
            }
        }
    }

    private static void set(List<String> block, String keyword, String line) {
        String opposite = keyword.startsWith("no") ? keyword.substring(2) : "no" + keyword;
        block.removeIf(each -> isOf(each, keyword) || isOf(each, opposite) || isOf(each, "no_" + keyword));
        block.add("    " + line);
    }

    private static boolean isOf(String line, String word) {
        return line.strip().equals(word) || line.strip().startsWith(word + " ");
    }

    /** A group that nobody is left in goes too. */
    private static void leaveGroup(List<String> lines, String member) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("vrrp_sync_group ")) {
                List<String> block = lines.subList(i, end(lines, i));
                int first = block.indexOf("    group {") + 1;
                block.remove("        " + member);
                if (block.get(first).equals("    }")) {
                    remove(lines, lines.get(i));
                    return;
                }
            }
        }
    }

    private static void remove(List<String> lines, String head) {
        int from = lines.indexOf(head);
        if (from >= 0) {
            lines.subList(from, end(lines, from) + 1).clear();
        }
    }

    /** The place of the brace that ends the block. */
    private static int end(List<String> lines, int from) {
        return from + lines.subList(from, lines.size()).indexOf("}");
    }
}
