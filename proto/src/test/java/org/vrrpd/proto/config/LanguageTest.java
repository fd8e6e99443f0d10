package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.only;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Comments, quotes, braces, definitions and conditional lines. */
class LanguageTest {

    private static final String SPREAD = """
            vrrp_instance A
            {
              interface eth0
              virtual_router_id 1
              virtual_ipaddress
              # between a keyword and its brace

              {
                10.0.0.1
              }
            }
            """;

    @Test
    void bracesMayStandAnywhere() {
        InstanceConfiguration expected = only(SPREAD);
        assertEquals(expected, only("vrrp_instance A{interface eth0\nvirtual_router_id 1\n"
                + "virtual_ipaddress{10.0.0.1}}"));
        assertEquals(expected, only("vrrp_instance A { interface eth0 }".replace(" }", "\nvirtual_ipaddress {\n"
                + "10.0.0.1 } virtual_router_id 1 }")));
        assertEquals(expected, only(SPREAD.replace("\n", "\r\n")));
        assertEquals(expected, only(SPREAD.replace("  ", "\t")));
    }

    @Test
    void commentsStartAnywhereOutsideQuotes() {
        assertEquals(77, onlyWith("priority 77# {\n! } priority 3\n#priority 4").basePriority());
        assertEquals("a#b!c", parse("global_defs { router_id \"a#b!c\" # \"\n}").configuration().routerId());
        assertEquals("a#b!c", parse("global_defs { router_id a\\#b\\!c!d\n}").configuration().routerId());
    }

    @Test
    void quotesGroupWordsAndHideBraces() {
        assertEquals("a b {c}", parse("global_defs { router_id \"a b {c}\" }").configuration().routerId());
        assertEquals("", parse("global_defs { router_id \"\" }").configuration().routerId());
        refused("global_defs { router_id \"a }\n}",
                "c:1:25: error: unterminated quote: expected a \" in the same line");
    }

    @Test
    void bracesThatDoNotMatchAreReported() {
        refused("global_defs {\n", "c:1:13: error: the { of global_defs is never closed: expected a }");
        refused("}\n", "c:1:1: error: } without a { before it");
        refused("{ router_id x }\n", "c:1:1: error: { without a keyword before it");
        refused("global_defs { } { }\n", "c:1:17: error: { without a keyword before it");
        refused(instance("}"), "c:6:1: error: } without a { before it");
        refused("vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress { 10.0.0.1\n"
                + "vrrp_instance B {\n}\n}\n",
                "c:1:17: error: the { of vrrp_instance A is never closed: expected a }",
                "c:5:1: error: vrrp_instance inside virtual_ipaddress of vrrp_instance A: expected a } before it");
    }

    @Test
    void aBlockInABlockMeansAMissingBrace() {
        refused(instance("vrrp_instance B {\n}"),
                "c:5:1: error: vrrp_instance inside vrrp_instance A: expected a } before it");
    }

    @Test
    void definitionsAreBoundWhereTheyAreUsed() {
        assertEquals(88, only("$PRIO=$HIGH\n$HIGH=  88 # high\n" + instance("priority $PRIO")).basePriority());
        assertEquals(120, onlyWith("$ONE=1\npriority ${ONE}20").basePriority());
        assertEquals(10, only("$P=1\n$P=10\n" + instance("priority $P")).basePriority());
        assertEquals(List.of("c:1:3: warning: $HIGH is not a keyword outside of a block: skipped"),
                problems("  $HIGH = 3"));
        assertEquals("gw1-a", parse("global_defs { router_id ${_INSTANCE}-a }").configuration().routerId());
    }

    @Test
    void aDefinitionOfSeveralLinesMayHoldBlocks() {
        String text = "$VIPS=virtual_ipaddress { \\\n 10.0.0.1 \\\n @gw1 10.0.0.2 \\\n @gw2 10.0.0.3 \\\n }\n"
                + "vrrp_instance A {\n interface eth0\n virtual_router_id 1\n $VIPS\n}";
        assertEquals(2, only(text).virtualAddresses().size());
    }

    @Test
    void undefinedNamesStayAndAreNamed() {
        assertEquals("$NONE", parse("global_defs { router_id $NONE }").configuration().routerId());
        assertEquals(List.of("c:1:25: warning: router_id ${NONE}x in global_defs is taken as it stands:"
                + " no such definition, or the name needs braces, ${NAME}"),
                problems("global_defs { router_id ${NONE}x }"));
        refused("$N=2\n" + instance("priority $N/0"),
                "c:6:10: error: priority $N/0 in vrrp_instance A: expected 1 to 255");
    }

    @Test
    void aDefinitionThatExpandsToItselfIsReported() {
        refused("$A=x $B\n$B=$A y\nglobal_defs {\n  router_id $A\n}",
                "c:4:13: error: definition $A expands to itself");
    }

    @Test
    void problemsInADefinitionAreShownWhereItIsUsed() {
        refused("$BAD=priority 300\n" + instance("  $BAD # here"),
                "c:6:3: error: priority 300 in vrrp_instance A: expected 1 to 255");
        refused("$N=10\n" + instance("garp_master_delay $N\npriority 300"),
                "c:7:10: error: priority 300 in vrrp_instance A: expected 1 to 255");
    }

    @Test
    void conditionalLinesAreKeptForTheirConfigId() {
        assertEquals(7, onlyWith("@gw1 priority 7\n@gw2 priority 8\n@^gw1 priority 9").basePriority());
        assertEquals(8, onlyWith("  @^gw2\tpriority 8\n@gw2 }").basePriority());
        assertEquals(9, only("@gw2 $P=1\n@gw1 $P=9\n" + instance("priority $P")).basePriority());
        refused(instance("@gw1 priority x"), "c:5:15: error: priority x in vrrp_instance A: expected 1 to 255");
    }

    @Test
    void theOrderOfBlocksDoesNotMatter() {
        String group = "vrrp_sync_group G { group { A } }\n";
        String globals = "global_defs { vrrp_version 3\nvrrp_garp_master_delay 9 }\n";
        String only = "warning: only one instance in vrrp_sync_group G: there is nothing to synchronise";
        InstanceConfiguration before = warned(globals + group + instance(""), "c:3:17: " + only);
        InstanceConfiguration after = warned(instance("") + group + globals, "c:7:17: " + only);
        assertEquals(before, after);
        assertEquals(3, after.version());
        assertEquals(9_000_000_000L, after.garp().masterDelayNanos());
    }

    @Test
    void whatALineDoesNotNeedIsNamed() {
        warned(instance("priority 10 20\nnopreempt { a b }"),
                "c:5:13: warning: 20 behind priority in vrrp_instance A: expected the end of the line; the rest is"
                        + " ignored",
                "c:6:11: warning: nopreempt in vrrp_instance A has no block: it is ignored");
        assertEquals(20, warned(instance("priority 10\npriority 20"),
                "c:6:1: warning: priority in vrrp_instance A again (first in line 5): the last one counts")
                .basePriority());
        refused(instance("track_interface eth1"),
                "c:5:1: error: track_interface without a block in vrrp_instance A: expected {",
                "c:5:17: warning: eth1 behind track_interface in vrrp_instance A: expected the end of the line;"
                        + " the rest is ignored");
    }

    @Test
    void allProblemsComeAtOnceInTheOrderOfTheirPlaces() {
        refused("vrrp_sync_group G { group { B } }\nvrrp_instance A {\n priority 0\n advert_int x\n}\n",
                "c:1:29: error: B in group of vrrp_sync_group G: expected the name of a vrrp_instance"
                        + " (did you mean A?)",
                "c:2:15: error: no virtual_router_id in vrrp_instance A: expected 1 to 255",
                "c:2:15: error: no interface in vrrp_instance A: expected the name of an interface",
                "c:2:15: warning: no address in virtual_ipaddress of vrrp_instance A: it advertises none",
                "c:3:11: error: priority 0 in vrrp_instance A: expected 1 to 255",
                "c:4:13: error: advert_int x in vrrp_instance A: expected 0.01 to 255 seconds");
    }
}
