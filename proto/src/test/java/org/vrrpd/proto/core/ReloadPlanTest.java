package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.effect.RouterState;

/** What {@code vrrpctl reload --dry-run} prints. */
class ReloadPlanTest {

    private static final String A = Configurations.instance("A", "eth0", 51, "192.0.2.10/24", "version 3");
    private static final String B = Configurations.instance("B", "eth0", 52, "192.0.2.20/24", "version 3");

    private static Configuration parse(String text) {
        LoadResult result = ConfigurationParser.parse(text, "test.conf", "id");
        assertFalse(result.hasErrors(), result.problems().toString());
        return ConfigurationParser.parseCanonical(ConfigurationPrinter.print(result.configuration()));
    }

    private static List<String> plan(String from, String to) {
        return ReloadPlan.lines(parse(from), parse(to), name -> RouterState.MASTER);
    }

    private static String instance(String... lines) {
        return Configurations.instance("A", "eth0", 51, "192.0.2.10/24", lines);
    }

    @Test
    void nothingChanges() {
        assertEquals(List.of("vrrp_instance A: unchanged", "vrrp_instance B: unchanged", "2 unchanged"),
                plan(A + B, A + B));
    }

    @Test
    void settingsAreToldInTheWordsOfTheFile() {
        assertEquals(List.of(
                "vrrp_instance A: changed, keeps MASTER",
                "    priority 100 -> 150",
                "    advert_int 1 -> 0.5",
                "    - preempt",
                "    virtual_ipaddress + 192.0.2.11/24 scope 0 preferred_lft forever",
                "    + nopreempt",
                "1 changed"),
                plan(A, instance("version 3", "priority 150", "advert_int 0.5", "nopreempt",
                        "virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 }")));
    }

    @Test
    void whatCannotBeLivedThroughSaysWhy() {
        List<String> lines = plan(A, instance("version 3", "use_vmac"));
        assertEquals("vrrp_instance A: begins anew, because use_vmac changes, leaves MASTER with priority 0",
                lines.get(0));
        assertTrue(lines.contains("    + use_vmac"), lines.toString());
        assertEquals("1 begun anew", lines.get(lines.size() - 1));
    }

    @Test
    void instancesComeAndGo() {
        assertEquals(List.of("vrrp_instance B: added",
                "vrrp_instance A: removed, leaves MASTER with priority 0", "1 added, 1 removed"), plan(A, B));
    }

    @Test
    void aNameIsNotWhatMakesAnInstance() {
        assertEquals(List.of("vrrp_instance Z: renamed from A, changed, keeps MASTER", "1 changed"),
                plan(A, A.replace("vrrp_instance A", "vrrp_instance Z")));
    }

    @Test
    void twoThatSwapTheirNamesAreTwoThatWereRenamed() {
        String swapped = A.replace("vrrp_instance A", "vrrp_instance B") + B.replace("vrrp_instance B",
                "vrrp_instance A");
        assertEquals(List.of("vrrp_instance B: renamed from A, changed, keeps MASTER",
                "vrrp_instance A: renamed from B, changed, keeps MASTER", "2 changed"), plan(A + B, swapped));
    }

    @Test
    void noSecretIsInAPlan() {
        String before = instance("version 2", "authentication { auth_type PASS\nauth_pass alpha1 }");
        String after = instance("version 2", "authentication { auth_type PASS\nauth_pass beta2 }");
        for (List<String> lines : List.of(plan(before, after), plan(A, after), plan(before, A))) {
            assertFalse(lines.toString().contains("alpha1") || lines.toString().contains("beta2"), lines.toString());
        }
        assertEquals(List.of("vrrp_instance A: changed, keeps MASTER", "    authentication changed", "1 changed"),
                plan(before, after));
    }

    @Test
    void groupsScriptsAndGlobalsAreToldToo() {
        String script = "vrrp_script chk {\nscript \"/bin/true\"\ninterval 1\n}\n";
        String tracks = instance("version 3", "track_script { chk }");
        List<String> lines = plan(
                "global_defs { router_id a }\n" + script + tracks + B,
                "global_defs { router_id b\nvrrp_startup_delay 5 }\n" + script.replace("interval 1", "interval 2")
                        + "vrrp_sync_group G { group { A\nB } }\n" + tracks + B);
        assertEquals(List.of("vrrp_instance A: unchanged", "vrrp_instance B: unchanged",
                "global_defs: changed", "    router_id a -> b",
                "    vrrp_startup_delay 0 -> 5 (at the next start)"), lines.subList(0, 5));
        assertTrue(lines.contains("vrrp_sync_group G: added"), lines.toString());
        assertTrue(lines.contains("    interval 1 -> 2"), lines.toString());
        assertEquals("2 unchanged", lines.get(lines.size() - 1));
    }
}
