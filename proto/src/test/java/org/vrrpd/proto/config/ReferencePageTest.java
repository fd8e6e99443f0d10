package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operators' page has one row for each keyword that works, in the right section, and no other. */
class ReferencePageTest {

    @Test
    void everyWorkingKeywordHasItsRow() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        String section = "";
        for (String line : Files.readAllLines(Path.of("docs/CONFIGURATION.md"))) {
            if (line.startsWith("## ")) {
                section = line.substring(3).split(" ")[0];
            } else if (line.startsWith("| `")) {
                rows.computeIfAbsent(section, name -> new ArrayList<>()).add(line.split("`")[1]);
            }
        }
        assertEquals(Keywords.Scope.GLOBAL.working(), rows.get("global_defs"));
        assertEquals(Keywords.Scope.GARP.working(), rows.get("garp_group"));
        assertEquals(Keywords.Scope.SCRIPT.working(), rows.get("vrrp_script"));
        assertEquals(Keywords.Scope.FILE.working(), rows.get("track_file"));
        assertEquals(Keywords.Scope.PROCESS.working(), rows.get("vrrp_track_process"));
        assertEquals(Keywords.Scope.GROUP.working(), rows.get("vrrp_sync_group"));
        assertEquals(Keywords.Scope.INSTANCE.working(), rows.get("vrrp_instance"));
    }
}
