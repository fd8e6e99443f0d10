package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The documentation's page of what differs from keepalived: a difference that is on purpose stands there. */
final class DifferencesPage {

    private static final String PAGE = "proto/docs/DIFFERENCES.md";

    private DifferencesPage() {}

    /** Fails unless the page has a row, or a heading, of this name. */
    static void requireRow(String name) {
        List<String> names = names(Programs.repository().resolve(PAGE));
        if (!names.contains(name)) {
            throw new AssertionError("Expected a row '" + name + "' in " + PAGE + ", but found "
                    + String.join(" | ", names));
        }
    }

    private static List<String> names(Path page) {
        try {
            return Files.readAllLines(page).stream().filter(line -> line.startsWith("| ") || line.startsWith("#"))
                    .map(line -> line.startsWith("#") ? line.replaceFirst("#+", "").strip()
                            : line.substring(1, line.indexOf('|', 1)).strip()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
