package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.History;

/** Who may what, with real users: the kernel tells the daemon who they are. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class AccessIT {

    private static final String VI = "VI_4";
    private static final String READERS = "games";
    private static final String ADMINS = "operator";
    private static final Somebody READER = Somebody.with(20_001, READERS);
    private static final Somebody ADMIN = Somebody.with(20_002, READERS, ADMINS);
    private static final Somebody OUTSIDER = Somebody.with(20_003);
    private static final List<List<String>> LOOKING = List.of(
            List.of("status"), List.of("events"), List.of("faults"), List.of("dump", "stats"));

    private Router router;
    private Path programs;

    private void start(Lab lab, String... options) throws IOException {
        lab.lan(1);
        router = lab.prepare(1, Conf.of(VirtualRouter.ipv4())).options(options);
        router.start();
        router.awaitMaster(VI);
        router.awaitJournal();
        // a copy that everybody may read, wherever the build lies
        programs = Files.createTempDirectory("vrrpctl");
        lab.with(() -> Lab.remove(programs));
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        Shell.must("cp", "-r", Programs.vrrpctl().getParent().getParent().toString(), programs + "/");
        Shell.must("chmod", "-R", "a+rX", programs.toString());
    }

    private Shell.Result ctl(Somebody somebody, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                "sh", programs.resolve("vrrpctl/bin/vrrpctl").toString(), "--control", router.control().toString()));
        command.addAll(words);
        return Shell.run(somebody == null ? command : somebody.runs(command));
    }

    /** What vrrpctl can ask for; it checks files without the daemon. */
    private static List<List<String>> changes() {
        return List.of(List.of("reload"), List.of("reload", "--dry-run"), List.of("dump", "stats", "--clear"));
    }

    private void assertMay(Somebody somebody, List<List<String>> commands) {
        for (List<String> words : commands) {
            Shell.Result result = ctl(somebody, words);
            assertEquals(0, result.exit(), words + ": " + result.output());
        }
    }

    /** For root: what is wrong with a file, and that nothing is with another. */
    private void assertChecks() throws IOException {
        Path good = Files.writeString(programs.resolve("good.conf"), Conf.of(VirtualRouter.ipv4()).text());
        Path bad = Files.writeString(programs.resolve("bad.conf"), "vrrp_instance A {\npriority 300\n}\n");
        JsonNode done = ControlClient.call(router.control(), "check", "{\"path\":\"" + good + "\"}");
        assertTrue(done.path("ok").asBoolean(), done.toString());
        JsonNode wrong = ControlClient.call(router.control(), "check", "{\"path\":\"" + bad + "\"}");
        assertFalse(wrong.path("ok").asBoolean(), wrong.toString());
        assertTrue(wrong.path("text").asText().contains(bad + ":2:"), wrong.toString());
    }

    @Test
    @DisplayName("readers look, admins and root change, outsiders do not get in; every refusal is on record")
    void everybodyMayWhatIsTheirs(Lab lab) throws IOException {
        start(lab, "--control-group", READERS, "--admin-group=" + ADMINS);
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(router.control())));
        assertEquals(READERS, Files.getAttribute(router.control(), "posix:group").toString());

        assertMay(null, LOOKING);
        assertMay(null, changes());
        assertMay(READER, LOOKING);
        assertMay(ADMIN, LOOKING);
        assertMay(ADMIN, changes());
        long begun = Await.now();
        for (List<String> words : changes()) {
            Shell.Result refused = ctl(READER, words);
            assertEquals(1, refused.exit(), words + ": " + refused.output());
            assertTrue(refused.output().contains("you are uid 20001"), refused.output());
            assertTrue(refused.output().contains(" needs root or the group operator"), refused.output());
            assertTrue(refused.output().contains("usermod -aG operator"), refused.output());
        }
        assertChecks();
        // the daemon is not to be made to read files for others
        assertEquals(1, lab.with(ControlAttack.begin(router.control(), READER, "check", 5, 1)).awaitEnd());
        router.awaitLog("reload by uid 20001, pid ", Times.seconds(3), begun);
        Shell.Result outside = ctl(OUTSIDER, List.of("status"));
        assertEquals(3, outside.exit(), outside.output());
        assertTrue(outside.output().contains("you may not write to it: root and the group games may"),
                outside.output());
        assertTrue(ctl(null, List.of("events")).output().contains("refused check to uid 20001"));
        assertEquals(0, router.stop());
        assertOnRecord(List.of("reload", "reload", "clear-statistics", "check"));
    }

    /** That the core agrees, every test verifies when it ends. */
    private void assertOnRecord(List<String> verbs) throws IOException {
        List<EventLine> refusals = History.lastEvents(router.journal(), 100_000, false, line -> true).lines().stream()
                .filter(line -> line.kind().equals("control-refused")).toList();
        assertEquals(verbs, refusals.stream().map(line -> line.text().split(" ")[1]).toList());
        for (EventLine refusal : refusals) {
            assertTrue(refusal.text().matches(
                    "refused \\S+ to uid 20001, pid \\d+: it needs root or the group operator"), refusal.text());
        }
    }

    @Test
    @DisplayName("an admin group that does not exist is said, and leaves root alone with the right to change")
    void missingGroupLeavesRootAlone(Lab lab) throws IOException {
        start(lab, "--control-group", READERS, "--admin-group", "no-such-group");
        router.awaitLog("there is no group no-such-group: only root may change anything", Times.seconds(3),
                router.startedAt());
        Shell.Result refused = ctl(ADMIN, List.of("reload"));
        assertEquals(1, refused.exit(), refused.output());
        assertTrue(refused.output().contains("reload needs root\n"), refused.output());
        assertTrue(refused.output().contains("the group no-such-group may too, but there is none"), refused.output());
        assertMay(null, List.of(List.of("reload")));
    }

    @Test
    @DisplayName("without options only root may change, and a script that runs as the daemon's user may not")
    void rootAloneByDefault(Lab lab) throws IOException {
        start(lab);
        assertFalse(ctl(OUTSIDER, List.of("status")).exit() == 0);
        assertMay(null, changes());
    }
}
