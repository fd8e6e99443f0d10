package org.vrrpd.ctl.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.config.ConfigurationCopy;

/** What vrrpd does otherwise than keepalived, by keyword, in the words of the page DIFFERENCES.md. */
final class Differences {

    private static final String PAGE = "/org/vrrpd/proto/DIFFERENCES.md";
    private static final String KEYWORDS = "differences.txt";
    private static final String ARROW = " <-";

    /** One row of the page, with its markup taken off. */
    record Row(String what, String keepalived, String vrrpd) {}

    private Differences() {}

    /** Every row of the page by its first cell. */
    static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : lines(PAGE)) {
            String[] cells = line.startsWith("| ") ? line.split("\\|") : new String[0];
            if (cells.length > 3 && !cells[1].equals(" what ")) {
                rows.put(cells[1].strip(), new Row(plain(cells[1]), plain(cells[2]), plain(cells[3])));
            }
        }
        return rows;
    }

    /** The first cell of every row, with the keywords, or keyword=value, that it is about. */
    static Map<String, List<String>> keywords() {
        Map<String, List<String>> keywords = new LinkedHashMap<>();
        for (String line : lines(KEYWORDS)) {
            int arrow = line.indexOf(ARROW);
            if (arrow > 0 && !line.startsWith("# ")) {
                String words = line.substring(arrow + ARROW.length()).strip();
                keywords.put(line.substring(0, arrow), words.isEmpty() ? List.of() : List.of(words.split(" ")));
            }
        }
        return keywords;
    }

    /** The rows that are about what a file uses, each with its first use. */
    static Map<Row, ConfigurationCopy.Use> of(List<ConfigurationCopy.Use> uses) {
        Map<String, Row> rows = rows();
        Map<Row, ConfigurationCopy.Use> found = new LinkedHashMap<>();
        keywords().forEach((what, words) -> uses.stream()
                .filter(use -> words.contains(use.keyword()) || words.contains(use.keyword() + "=" + use.value()))
                .findFirst()
                .ifPresent(use -> found.put(rows.get(what), use)));
        return found;
    }

    private static String plain(String cell) {
        return cell.replace("`", "").strip();
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Differences.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Expected the resource " + resource + ", but found none");
            }
            return new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
