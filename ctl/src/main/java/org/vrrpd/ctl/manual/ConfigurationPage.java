package org.vrrpd.ctl.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * vrrpd.conf(5) from the page CONFIGURATION.md. Its tables become lists: four columns do not fit into a terminal's 80
 * characters.
 */
final class ConfigurationPage {

    private static final String HEAD = """
            # NAME

            vrrpd.conf - the configuration of vrrpd

            # SYNOPSIS

            **/etc/vrrpd/vrrpd.conf**

            # DESCRIPTION

            """;
    private static final String TAIL = """

            # SEE ALSO

            **vrrpd**(8), **vrrpctl**(1)
            """;

    private final StringBuilder page = new StringBuilder(HEAD);
    private List<String> heads = List.of();

    private ConfigurationPage() {}

    static String of(String markdown) {
        ConfigurationPage page = new ConfigurationPage();
        markdown.lines().forEach(page::line);
        return page.page.append(TAIL).toString();
    }

    private void line(String line) {
        if (line.startsWith("|")) {
            row(line);
            return;
        }
        heads = List.of();
        if (line.startsWith("## ")) {
            page.append("# ").append(title(line.substring(3))).append('\n');
        } else if (line.startsWith("### ")) {
            page.append(line).append('\n');
        } else if (!line.startsWith("# ")) {
            page.append(plain(line)).append('\n');
        }
    }

    /** A section of its own is in capitals, unless its name is a keyword. */
    private static String title(String text) {
        return text.contains("_") ? text : text.toUpperCase(Locale.ROOT);
    }

    private void row(String line) {
        List<String> cells = cells(line);
        if (heads.isEmpty()) {
            heads = cells;
            return;
        }
        if (cells.get(0).matches("-+")) {
            return;
        }
        String term = cells.get(0);
        List<String> text = new ArrayList<>();
        if (heads.get(0).equals("keyword")) {
            term += cells.get(1).isEmpty() ? "" : " " + cells.get(1);
            text.add(sentence(cells.get(3)));
            String otherwise = cells.get(2);
            text.add(otherwise.isEmpty() ? "" : otherwise.equals("required") ? "Required."
                    : (otherwise.endsWith("required") ? "" : "Default: ") + sentence(otherwise));
        } else {
            for (int i = 1; i < cells.size(); i++) {
                boolean named = cells.size() > 2 && !heads.get(i).isEmpty() && !cells.get(i).isEmpty();
                text.add(named ? heads.get(i) + ": " + sentence(cells.get(i)) : cells.get(i));
            }
        }
        String all = text.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        page.append(term.contains("`") ? term : "**" + term + "**").append("\n: ").append(all.isEmpty() ? "." : all)
                .append("\n\n");
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    /** The cells of a row; a bar behind a backslash is a character of its cell. */
    private static List<String> cells(String line) {
        return Arrays.stream(line.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1))
                .map(cell -> plain(cell.strip().replace("\\|", "|")))
                .toList();
    }

    /** Links lead nowhere in a terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\[([^\\]]+)\\]\\([^)]+\\)", "$1");
    }
}
