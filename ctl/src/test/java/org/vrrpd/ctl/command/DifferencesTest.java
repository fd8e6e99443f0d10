package org.vrrpd.ctl.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.ConfigurationCopy.Use;

/** Each row of the operators' page is told for the keywords it is about, and no row is forgotten. */
class DifferencesTest {

    @Test
    void everyRowOfThePageIsMappedInItsOrder() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../proto/docs/DIFFERENCES.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what "))
                .map(line -> line.split("\\|")[1].strip())
                .toList();
        assertTrue(rows.size() > 80, rows.toString());
        assertEquals(rows, List.copyOf(Differences.rows().keySet()));
        assertEquals(rows, List.copyOf(Differences.keywords().keySet()));
    }

    @Test
    void everyKeywordOfTheMappingIsOneThatWorks() throws IOException {
        Set<String> page = Files.readAllLines(Path.of("../proto/docs/CONFIGURATION.md")).stream()
                .filter(line -> line.startsWith("| `") || line.startsWith("## "))
                .map(line -> line.startsWith("#") ? line.substring(3).split(" ")[0] : line.split("`")[1])
                .collect(Collectors.toSet());
        page.add("vrrp_track_file"); // named in the text of track_file
        Differences.keywords().forEach((row, words) -> words.forEach(word -> assertTrue(
                page.contains(word.split("=")[0]), row + ": " + word)));
    }

    /** By keyword, or by keyword and value; what a file does not use is not told. */
    @Test
    void rowsAreToldForWhatAFileUses() {
        List<Use> uses = List.of(new Use("use_vmac", "", "c", 3), new Use("priority", "255", "c", 4));
        List<String> told = new ArrayList<>();
        Differences.of(uses).forEach((row, use) -> told.add(use.line() + " " + row.what()));
        assertTrue(told.contains("3 Virtual MAC while not MASTER"), told.toString());
        assertTrue(told.contains("4 Address owner (priority 255) after a fault"), told.toString());
        assertFalse(told.stream().anyMatch(row -> row.contains("script")), told.toString());
        assertTrue(Differences.of(List.of(new Use("priority", "100", "c", 4))).isEmpty());
    }
}
