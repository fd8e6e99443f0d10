package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;

import java.util.List;
import org.junit.jupiter.api.Test;

/** vrrp_sync_group: its members exist, and are in no other group. */
class SyncGroupTest {

    private static final String TWO = instance("").replace("\n\n", "\n")
            + instance("").replace("\n\n", "\n").replace("_id 1", "_id 2").replace("ce A", "ce B");

    @Test
    void membersStandOnOneLineOrMany() {
        List<SyncGroupConfiguration> expected = List.of(
                new SyncGroupConfiguration("G", List.of("B", "A"), false, NotifyConfiguration.NONE));
        assertEquals(expected, parse(TWO + "vrrp_sync_group G {\n group {\n B A\n }\n}").configuration().syncGroups());
        assertEquals(expected, parse("vrrp_sync_group G{group{B\nA}}\n" + TWO).configuration().syncGroups());
        assertEquals(List.of(), problems(TWO + "vrrp_sync_group G { group { A\nB } }"));
    }

    @Test
    void aMemberIsAnInstanceOfOneGroup() {
        refused(TWO + "vrrp_sync_group G { group { A BB } }",
                "c:11:17: warning: only one instance in vrrp_sync_group G:"
                + " there is nothing to synchronise",
                "c:11:31: error: BB in group of vrrp_sync_group G: expected the name of a vrrp_instance"
                        + " (did you mean B?)");
        refused(TWO + "vrrp_sync_group G { group { A B } }\nvrrp_sync_group H { group { B A } }",
                "c:12:29: error: B in group of vrrp_sync_group H: expected an instance of no other group, but it is in"
                        + " vrrp_sync_group G",
                "c:12:31: error: A in group of vrrp_sync_group H: expected an instance of no other group, but it is in"
                        + " vrrp_sync_group G");
        assertEquals(List.of("c:11:33: warning: A in group of vrrp_sync_group G again: ignored"),
                problems(TWO + "vrrp_sync_group G { group { A B A } }"));
    }

    @Test
    void groupsHaveDifferentNamesAndMembers() {
        refused(TWO + "vrrp_sync_group G { group { A B } }\nvrrp_sync_group G { }",
                "c:12:17: error: vrrp_sync_group G again: expected another name than that of line 11",
                "c:12:17: warning: no instance in vrrp_sync_group G: the group is ignored");
        refused("vrrp_sync_group { }", "c:1:1: error: vrrp_sync_group without a value in the file: expected a name");
        assertEquals(List.of(), parse("vrrp_sync_group G { group { } }").configuration().syncGroups());
    }
}
