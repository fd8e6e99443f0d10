package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What vrrpd does not do: each keyword is skipped whole, with one warning. */
class SkippedTest {

    @Test
    void lvsBlocksAreSkippedWithAllThatIsInThem() {
        String text = "virtual_server 10.0.0.1 80 {\n lb_algo rr\n real_server 10.0.0.2 80 {\n  TCP_CHECK { }\n }\n}\n"
                + "global_defs {\n lvs_flush\n}\nSSL {\n password x\n}\n";
        assertEquals(List.of(
                "c:1:1: warning: virtual_server is not VRRP: the block is skipped (lines 1 to 6)",
                "c:8:2: warning: lvs_flush is not VRRP: skipped",
                "c:10:1: warning: SSL is not VRRP: the block is skipped (lines 10 to 12)"), problems(text));
    }

    @Test
    void whatIsKnownButNotDoneIsSkipped() {
        warned("bfd_instance chk {\n neighbor_ip \"10.0.0.9 {\"\n}\n" + instance(
                "auth_hmac {\n key 1 text\n}\nsmtp_alert"),
                "c:1:1: warning: bfd_instance is skipped: BFD is not supported yet, so no session is opened"
                        + " (lines 1 to 3)",
                "c:8:1: warning: auth_hmac is skipped: authentication by HMAC is not supported yet, so advertisements"
                        + " are neither signed nor checked (lines 8 to 10)",
                "c:11:1: warning: smtp_alert is skipped: mail is not supported yet, so none is sent; notify can run a"
                        + " command instead");
    }

    @Test
    void anUnknownBlockIsSkippedToItsOwnBrace() {
        InstanceConfiguration instance = warned(
                instance("virtual_adress {\n 10.0.0.9\n { priority 3\n }\n}\npriority 9"),
                "c:5:1: warning: virtual_adress is not a keyword in vrrp_instance A (did you mean"
                        + " virtual_ipaddress?): skipped (lines 5 to 9)");
        assertEquals(9, instance.basePriority());
    }

    @Test
    void theNearestKeywordIsSuggested() {
        assertEquals(List.of("c:1:1: warning: vrrp_instanc is not a keyword outside of a block (did you mean"
                + " vrrp_instance?): skipped"), problems("vrrp_instanc A"));
        warned(instance("virtual_routerid 3\nqqq\nrouter_id x"),
                "c:5:1: warning: virtual_routerid is not a keyword in vrrp_instance A (did you mean"
                        + " virtual_router_id?): skipped",
                "c:6:1: warning: qqq is not a keyword in vrrp_instance A: skipped",
                "c:7:1: warning: router_id does not belong in vrrp_instance A: skipped");
    }

    @Test
    void everySkippedWordHasAReasonAndNoOtherWord() {
        Set<String> skipped = new TreeSet<>();
        for (Keywords.Scope scope : Keywords.Scope.values()) {
            for (String word : scope.known()) {
                if (!scope.working().contains(word)) {
                    skipped.add(word);
                    assertTrue(SkippedWords.reason(word) != null && SkippedWords.reason(word).length() > 15, word);
                }
            }
        }
        Set<String> explained = new TreeSet<>();
        SkippedWords.all().forEach(explained::add);
        assertEquals(skipped, explained);
    }

    @Test
    void everyKnownWordOfEveryBlockIsSkippedWithOneWarning() {
        for (Keywords.Scope scope : Keywords.Scope.values()) {
            for (String word : scope.known()) {
                if (scope.working().contains(word)) {
                    continue;
                }
                String text = switch (scope) {
                    case ROOT -> word + " x {\n a b\n}\n" + instance("");
                    case GLOBAL -> "global_defs { " + word + " x {\n a b\n}\n}\n" + instance("");
                    case GROUP -> instance("") + instance("").replace("_id 1", "_id 2").replace("ce A", "ce B")
                            + "vrrp_sync_group G {\n group { A\nB }\n" + word + " x {\n a b\n}\n}";
                    case INSTANCE -> instance(word + " x {\n a b\n}");
                    case SCRIPT, FILE, PROCESS, AUTHENTICATION, GARP ->
                        throw new AssertionError(word + ": all words of this block work");
                };
                List<String> problems = problems(text);
                assertEquals(1, problems.size(), problems.toString());
                assertTrue(problems.get(0).contains(": warning: " + word + " is skipped: "), problems.toString());
            }
        }
    }

    @Test
    void everyWordOfTheAcceptAndIgnoreListIsSkippedWithOneWarning() {
        for (String word : Keywords.NOT_VRRP) {
            assertEquals(List.of("c:2:1: warning: " + word + " is not VRRP: skipped"), problems("\n" + word + " 1"));
            if (!word.equals("virtual_server")) {
                assertEquals(List.of("c:1:15: warning: " + word + " is not VRRP: skipped"),
                        problems("global_defs { " + word + " 1 }"));
            }
        }
    }
}
