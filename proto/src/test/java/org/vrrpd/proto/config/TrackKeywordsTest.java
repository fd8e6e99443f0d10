package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.only;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.ParameterMatch;

/** vrrp_script, track_file and vrrp_track_process, and who tracks them with which weight. */
class TrackKeywordsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String TWO = instance("priority 7").replace("10.0.0.1", "10.0.0.7")
            + instance("").replace("ce A", "ce B").replace("_id 1", "_id 2");

    private static ScriptConfiguration script(String lines, String... warnings) {
        String text = "vrrp_script s {\nscript /bin/c\n" + lines + "\n}\n" + instance("track_script { s }");
        assertEquals(List.of(warnings), problems(text));
        return parse(text).configuration().scripts().get(0);
    }

    @Test
    void scriptsHaveDefaults() {
        assertEquals(new ScriptConfiguration("s", new ScriptCommand(List.of("/bin/c"), "", ""), SECOND, SECOND, 1, 1,
                false), script(""));
        assertEquals(new ScriptConfiguration("s", new ScriptCommand(List.of("/bin/d", "a b", "c"), "nobody", "adm"),
                2_500_000_000L, SECOND / 1000, 3, 2, true), script("script \"/bin/d 'a b' c\"\ninterval 2.5\n"
                + "timeout .001\nrise 3\nfall 2\nuser nobody adm\ninit_fail", "c:3:1: warning: script in vrrp_script s"
                + " again (first in line 2): the last one counts"));
        assertEquals(4 * SECOND, script("interval 4").timeoutNanos());
        assertEquals(SECOND, script("interval 0", "c:3:10: warning: interval 0 means 1 second").intervalNanos());
    }

    @Test
    void whatIsWrongWithAScriptIsSaid() {
        String who = " in vrrp_script s: expected ";
        refused("vrrp_script s {\ninterval x\ntimeout 0.0001\nrise 0\nfall\nweight 254\nscript\n}\n"
                        + instance("track_script { s }"),
                "c:2:10: error: interval x" + who + "0.001 to 1000000 seconds",
                "c:3:9: error: timeout 0.0001" + who + "0.001 to 1000000 seconds",
                "c:4:6: error: rise 0" + who + "1 to 999999999",
                "c:5:1: error: fall without a value" + who + "1 to 999999999",
                "c:6:8: error: weight 254" + who + "-253 to 253",
                "c:7:1: error: script without a value" + who + "a command, in quotes if it has arguments");
        refused("vrrp_script s {\nscrip /x\n}\nvrrp_script s {\nscript \"/x '\"\n}\n" + instance("track_script { s }"),
                "c:1:13: error: no script in vrrp_script s: expected script \"COMMAND\"",
                "c:2:1: warning: scrip is not a keyword in vrrp_script s (did you mean script?): skipped",
                "c:4:13: error: vrrp_script s again: expected another name than that of line 1",
                "c:5:8: error: script in vrrp_script s: unterminated quote: expected another '");
    }

    @Test
    void weightsComeFromTheThingUnlessGiven() {
        String things = "vrrp_script s {\nscript /bin/c\nweight 10 reverse\n}\ntrack_file f {\nfile /f\n}\n"
                + "vrrp_track_process p {\nprocess p\nweight -3\n}\n";
        TrackingConfiguration tracking = only(instance("track_script {\ns\n}\ntrack_file {\nf weight 254\n}\n"
                + "track_process {\np weight 7 reverse\n}") + things).tracking();
        assertEquals(List.of(new Tracked("s", 10, true)), tracking.scripts());
        assertEquals(List.of(new Tracked("f", 254, false)), tracking.files());
        assertEquals(List.of(new Tracked("p", 7, true)), tracking.processes());
        tracking = only(things + instance("track_script {\ns weight 4 noreverse\n}\ntrack_file {\nf\n}\n"
                + "track_process {\np\n}")).tracking();
        assertEquals(List.of(new Tracked("s", 4, false)), tracking.scripts());
        assertEquals(List.of(new Tracked("f", 1, false)), tracking.files());
        assertEquals(List.of(new Tracked("p", -3, false)), tracking.processes());
        assertEquals(List.of(new Tracked("s", 4, true)),
                parse(things + instance("track_script { s weight 4 }")).configuration().instances().get(0)
                        .tracking().scripts());
    }

    @Test
    void whatIsTrackedMustBeDefinedAndWhatIsDefinedShouldBeTracked() {
        refused("vrrp_script check {\nscript /c\n}\n" + instance("track_script { chek }\ntrack_file { f }"),
                "c:1:13: warning: vrrp_script check is never run: no instance and no group tracks it",
                "c:8:16: error: chek in track_script of vrrp_instance A: expected the name of a vrrp_script (did you"
                        + " mean check?)",
                "c:9:14: error: f in track_file of vrrp_instance A: expected the name of a track_file");
        String unused = "track_file f {\nfile /f\n}\nvrrp_track_process p {\nprocess p\n}\n";
        assertEquals(List.of("c:1:12: warning: track_file f is not watched: no instance and no group tracks it",
                "c:4:20: warning: vrrp_track_process p is not watched: no instance and no group tracks it"),
                problems(unused));
        assertEquals(List.of(), parse(unused).configuration().files());
    }

    @Test
    void filesArePathsWithAFirstNumber() {
        assertEquals(new TrackedFileConfiguration("f", "/f", TrackedFileConfiguration.Creation.NONE, 0), file(""));
        assertEquals(new TrackedFileConfiguration("f", "/f", TrackedFileConfiguration.Creation.IF_MISSING, 0),
                file("init_file"));
        assertEquals(new TrackedFileConfiguration("f", "/f", TrackedFileConfiguration.Creation.OVERWRITE, 0),
                file("init_file overwrite"));
        assertEquals(
                new TrackedFileConfiguration("f", "/f", TrackedFileConfiguration.Creation.OVERWRITE, -2147483648),
                file("init_file -2147483648 overwrite"));
        refused("track_file f {\nfile f\ninit_file 2147483648\n}\ntrack_file g {\n}\n"
                        + instance("track_file {\nf\ng\n}"),
                "c:2:6: error: file f in track_file f: expected an absolute path",
                "c:3:11: error: init_file 2147483648 in track_file f: expected a number of 32 bits, or overwrite",
                "c:5:12: error: no file in track_file g: expected file PATH");
    }

    private static TrackedFileConfiguration file(String line) {
        String text = "vrrp_track_file f {\nfile /f\n" + line + "\n}\n" + instance("track_file { f }");
        assertEquals(List.of(), problems(text));
        return parse(text).configuration().files().get(0);
    }

    private static TrackedProcessConfiguration process(String lines) {
        String text = "vrrp_track_process p {\n" + lines + "\n}\n" + instance("track_process { p }");
        assertEquals(List.of(), problems(text));
        return parse(text).configuration().processes().get(0);
    }

    @Test
    void processesHaveAQuorum() {
        int any = TrackedProcessConfiguration.UNLIMITED;
        assertEquals(new TrackedProcessConfiguration("p", "sshd", List.of(), ParameterMatch.NONE, false, 1, any, 0, 0),
                process("process sshd"));
        assertEquals(new TrackedProcessConfiguration("p", "/bin/x", List.of("-a", "b c"), ParameterMatch.EXACT, true,
                1, any, SECOND, 2 * SECOND), process("process /bin/x -a \"b c\"\ndelay 2\nfork_delay 1"));
        assertEquals(new TrackedProcessConfiguration("p", "x", List.of("-a"), ParameterMatch.PARTIAL, true, 2, 3, 0,
                0), process("process x -a\nparam_match partial\nquorum 2\nquorum_max 3"));
        assertEquals(0, process("process x\nquorum_max 0").quorum());
        String who = " in vrrp_track_process p: expected ";
        refused("vrrp_track_process p {\nprocess\nparam_match x\nquorum 3\nquorum_max 2\ndelay 3601\n}\n"
                        + instance("track_process { p }"),
                "c:2:1: error: process without a value" + who
                        + "the name or path of a program, and perhaps its parameters",
                "c:3:13: error: param_match x" + who + "initial, partial or nothing",
                "c:4:8: error: quorum 3" + who + "at most its quorum_max 2",
                "c:6:7: error: delay 3601" + who + "0 to 3600 seconds");
    }

    @Test
    void theTrackersOfAGroupAreThoseOfItsMembers() {
        String text = "track_file f {\nfile /f\n}\n" + TWO
                + "vrrp_sync_group G {\ngroup { A\nB }\ntrack_file {\nf weight 3\n}\ntrack_interface {\neth9\n}\n}";
        assertEquals(List.of(), problems(text));
        for (InstanceConfiguration member : parse(text).configuration().instances()) {
            assertEquals(List.of(new Tracked("f", 3, false)), member.tracking().files());
            assertEquals(List.of(new Tracked("eth9", 0, false)), member.tracking().interfaces());
        }
        assertEquals(true, parse(text).configuration().syncGroups().get(0).trackingWeight());
    }

    private static final String THINGS = "vrrp_script s {\nscript /s\nweight 2\n}\ntrack_file f {\nfile /f\n}\n"
            + "track_file g {\nfile /g\nweight 9\n}\nvrrp_track_process p {\nprocess p\nweight 4\n}\n";
    private static final String ALL = "track_script { s }\ntrack_file { f }\ntrack_file { g }\ntrack_process { p }\n"
            + "track_interface { eth9 weight 5 }\n";

    @Test
    void ownersHaveNoWeights() {
        String because = ", but its priority is 255, which never changes";
        TrackingConfiguration tracking = warned(THINGS + instance("priority 255\n" + ALL),
                "c:21:16: warning: s in track_script of vrrp_instance A is ignored: it has weight 2" + because,
                "c:22:14: warning: f in track_file of vrrp_instance A counts as weight 0: it has weight 1" + because,
                "c:23:14: warning: g in track_file of vrrp_instance A is ignored: it has weight 9" + because,
                "c:24:17: warning: p in track_process of vrrp_instance A is ignored: it has weight 4" + because,
                "c:25:19: warning: eth9 in track_interface of vrrp_instance A is ignored: it has weight 5" + because)
                .tracking();
        assertEquals(List.of(new Tracked("f", 0, false)), tracking.files());
        assertEquals(List.of(), tracking.interfaces());
    }

    @Test
    void membersHaveWeightsOnlyIfTheirGroupAllowsThem() {
        String group = "vrrp_sync_group G {\ngroup { A\nB }\n%s\n}";
        String text = THINGS + instance(ALL) + instance("").replace("ce A", "ce B").replace("_id 1", "_id 2");
        LoadResult dropped = parse(text + String.format(group, ""));
        TrackingConfiguration tracking = dropped.configuration().instances().get(0).tracking();
        assertEquals(List.of(new Tracked("eth9", 0, false)), tracking.interfaces());
        assertEquals(List.of(new Tracked("f", 0, false)), tracking.files());
        assertEquals(List.of(), tracking.scripts());
        assertEquals(List.of(), tracking.processes());
        assertEquals("c:20:16: warning: s in track_script of vrrp_instance A is ignored: it has weight 2, but its"
                + " vrrp_sync_group G has no sync_group_tracking_weight, so that its members keep one priority",
                dropped.problems().get(0).toString());
        assertEquals(5, dropped.problems().size());
        for (String word : List.of("sync_group_tracking_weight", "global_tracking")) {
            LoadResult kept = parse(text + String.format(group, word));
            assertEquals(List.of(), kept.problems());
            tracking = kept.configuration().instances().get(0).tracking();
            assertEquals(List.of(new Tracked("f", 1, false), new Tracked("g", 9, false)), tracking.files());
            assertEquals(List.of(new Tracked("p", 4, false)), tracking.processes());
        }
    }

    @Test
    void theWeightOfTheGroupCountsUnlessTheMembersIsZero() {
        String text = "vrrp_script s {\nscript /s\nweight 2\n}\n"
                + instance("track_script { s weight %d }").replace("%d", "9")
                + "vrrp_sync_group G {\ngroup { A }\nsync_group_tracking_weight\ntrack_script { s }\n}";
        assertEquals(List.of(new Tracked("s", 2, false)),
                parse(text).configuration().instances().get(0).tracking().scripts());
        assertEquals(List.of(new Tracked("s", 0, false)),
                parse(text.replace("weight 9", "weight 0")).configuration().instances().get(0).tracking().scripts());
        assertEquals("c:9:16: warning: s in track_script of vrrp_instance A stands in vrrp_sync_group G too: the"
                + " weight there counts", problems(text).get(0));
    }

    @Test
    void aGroupWithAnOwnerHasNoWeights() {
        String text = "vrrp_script s {\nscript /s\nweight 2\n}\n" + instance("priority 255")
                + "vrrp_sync_group G {\ngroup { A }\ntrack_script { s }\n}";
        assertEquals(List.of(new Tracked("s", 0, false)),
                parse(text).configuration().instances().get(0).tracking().scripts());
        assertEquals("c:13:16: warning: s in track_script of vrrp_sync_group G counts as weight 0: a member has"
                + " priority 255, which never changes", problems(text).get(1));
    }

    @Test
    void itsOwnInterfaceIsTrackedOnce() {
        assertEquals(List.of(), warned(instance("track_interface { eth0 weight 9 }"), "c:5:19: warning: eth0 in"
                + " track_interface of vrrp_instance A is ignored: it is its own interface, which it tracks anyway")
                        .tracking().interfaces());
        assertEquals(1, only(instance("dont_track_primary\ntrack_interface { eth0 weight 9 }"))
                .tracking().interfaces().size());
    }

    @Test
    void linkDelaysHaveNoUpDelayUnlessGiven() {
        assertEquals(
                List.of(new LinkDelay("eth0", 5 * SECOND / 2, 0), new LinkDelay("eth1", 0, SECOND)),
                parse("interface_up_down_delays {\neth0 2.5\neth1 0 1\n}").configuration().linkDelays());
        refused("interface_up_down_delays {\neth0 256\neth1\na/b 1\n}",
                "c:2:6: error: eth0 256 in interface_up_down_delays: expected 0 to 255 seconds",
                "c:3:1: error: eth1 without a value in interface_up_down_delays: expected 0 to 255 seconds",
                "c:4:1: error: a/b in interface_up_down_delays: expected the name of an interface, at most 15"
                        + " characters");
    }
}
