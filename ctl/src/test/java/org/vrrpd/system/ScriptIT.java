package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** What is tracked counts: scripts, files and processes, whatever becomes of them. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class ScriptIT {

    private static final String VI = "VI_4";
    private static final Duration PATIENCE = Times.seconds(15);

    @Test
    @DisplayName("a check that fails lowers the priority, and the peer takes over; when it is well again, so is all")
    void outageOfACheckHandsOver(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        ScriptFiles files = new ScriptFiles(lab);
        Path flag = files.write("flag", "");
        Path script = files.script("check", "test -e " + flag);
        Router first = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(150).with("track_script { chk }"))
                .block(files.check("chk", script, "weight -60", "fall 2", "rise 2")));
        Router second = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(120)));
        first.awaitMaster(VI);
        awaitPriority(first, 150);
        second.awaitState(VI, RouterState.BACKUP, PATIENCE);
        long gone = Await.now();
        files.delete("flag");
        second.awaitState(VI, RouterState.MASTER, PATIENCE, gone);
        first.awaitState(VI, RouterState.BACKUP, PATIENCE, gone);
        awaitPriority(first, 90);
        long back = Await.now();
        files.write("flag", "");
        first.awaitState(VI, RouterState.MASTER, PATIENCE, back);
        second.awaitState(VI, RouterState.BACKUP, PATIENCE, back);
        awaitPriority(first, 150);
    }

    @Test
    @DisplayName("a script that is missing, not executable or of an unknown user is a named fault until it is not")
    void whatCannotBeRunIsAFault(Lab lab) {
        lab.lan(1);
        ScriptFiles files = new ScriptFiles(lab);
        Path script = files.path("check");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("track_script { chk }"))
                .block(files.check("chk", script)));
        router.awaitFault(VI, FaultReason.SCRIPT_FAILED, "chk", "check does not exist");
        files.script("check", "exit 0");
        router.awaitMaster(VI);
        files.mode("check", 0644);
        router.awaitFault(VI, FaultReason.SCRIPT_FAILED, "chk", "is not executable (mode 0644)");
        files.mode("check", 0755);
        router.awaitMaster(VI);
        files.delete("check");
        router.awaitFault(VI, FaultReason.SCRIPT_FAILED, "chk", "does not exist");
        files.script("check", "exit 5");
        router.awaitFault(VI, FaultReason.SCRIPT_FAILED, "chk", "exited with status 5");
        files.script("check", "exit 0");
        router.awaitMaster(VI);
    }

    @Test
    @DisplayName("a script that ignores SIGTERM and one that prints for ever hold up no other")
    void noScriptHoldsUpAnother(Lab lab) {
        lab.lan(1);
        ScriptFiles files = new ScriptFiles(lab);
        Path flag = files.write("flag", "");
        Path good = files.script("good", "test -e " + flag);
        Path stubborn = files.script("stubborn", "echo $$ >> " + files.path("pids") + "\ntrap '' TERM\n"
                + "while :; do sleep 1; done");
        Path loud = files.script("loud", "echo $$ >> " + files.path("pids") + "\nyes 'nobody reads this'");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()
                .with("track_script { good\n stubborn weight -10\n loud weight -20\n }"))
                .block(files.check("good", good)).block(files.check("stubborn", stubborn))
                .block(files.check("loud", loud)));
        router.awaitMaster(VI);
        awaitPriority(router, 70);
        for (int i = 0; i < 3; i++) {
            files.delete("flag");
            router.awaitFault(VI, FaultReason.SCRIPT_FAILED, "good", "status 1");
            files.write("flag", "");
            router.awaitMaster(VI);
        }
        assertEquals(0, router.stop());
        for (String pid : files.lines("pids")) {
            Await.until("the end of script " + pid, Times.seconds(2), () -> !ScriptFiles.runs(pid));
        }
    }

    @Test
    @DisplayName("a script recovers while one of another member of the group has no result yet: nothing is lost")
    void recoveryBesideAPendingScript(Lab lab) {
        lab.lan(1);
        ScriptFiles files = new ScriptFiles(lab);
        Path quick = files.script("quick", "exit 1");
        Path slow = files.script("slow", "while ! test -e " + files.path("gate") + "; do sleep 0.1; done");
        VirtualRouter partner = VirtualRouter.named("VI_P").vrid(52).vip("10.1.0.52/24").with("track_script { slow }");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("track_script { quick }"), partner)
                .group("G", VI, "VI_P").block(files.check("quick", quick))
                .block(files.check("slow", slow, "timeout 60")));
        router.awaitFault(VI, FaultReason.SCRIPT_FAILED, "quick", "status 1");
        router.awaitFault("VI_P", FaultReason.SCRIPT_PENDING, "slow");
        files.script("quick", "exit 0");
        router.awaitStatus("the recovery of quick", PATIENCE,
                status -> !status.hasFault(VI, FaultReason.SCRIPT_FAILED));
        router.awaitFault("VI_P", FaultReason.SCRIPT_PENDING, "slow");
        files.write("gate", "");
        router.awaitMaster(VI);
        router.awaitMaster("VI_P");
    }

    @Test
    @DisplayName("a script inherits neither real-time priority nor blocked signals; when the daemon is killed it ends")
    void scriptsEndWithAKilledDaemon(Lab lab) {
        lab.lan(1);
        ScriptFiles files = new ScriptFiles(lab);
        Path script = files.script("long", "echo $$ > " + files.path("pid") + "\nexec sleep 100");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("track_script { long weight 5\n }"))
                .block(files.check("long", script, "timeout 100")));
        router.awaitMaster(VI);
        String pid = Await.value("the script", PATIENCE, () -> files.lines("pid").stream().findFirst());
        String status = Shell.must("cat", "/proc/" + pid + "/status");
        assertTrue(status.contains("SigBlk:\t0000000000000000"), status);
        assertTrue(status.contains("SigIgn:\t0000000000000000"), status);
        assertTrue(status.contains("VmLck:\t       0 kB"), status);
        assertTrue(Shell.must("chrt", "-p", pid).contains("SCHED_OTHER"));
        router.awaitJournal();
        router.kill();
        Await.until("the end of script " + pid, Times.seconds(2), () -> !ScriptFiles.runs(pid));
    }

    @Test
    @DisplayName("the number in a file counts, wherever it comes from")
    void trackedFile(Lab lab) {
        lab.lan(1);
        ScriptFiles files = new ScriptFiles(lab);
        Path track = files.path("later/track");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("track_file { f }"))
                .block("track_file f {\n    file " + track + "\n    weight 2\n}\n"));
        router.awaitMaster(VI);
        awaitPriority(router, 100);
        Lab.makeDirectory(track.getParent());
        files.write("later/track", "-10\n");
        awaitPriority(router, 80);
        files.write("later/track", "0x10\n");
        awaitPriority(router, 132);
        files.write("later/track", "-200\n");
        router.awaitFault(VI, FaultReason.FILE_TOO_LOW, "f");
        files.delete("later/track");
        router.awaitMaster(VI);
        awaitPriority(router, 100);
    }

    @Test
    @DisplayName("processes count as long as they run")
    void trackedProcess(Lab lab) {
        lab.lan(1);
        ScriptFiles files = new ScriptFiles(lab);
        Path program = files.path("vrrpd-it-tracked");
        Shell.must("cp", "/bin/sleep", program.toString());
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("track_process { p }"))
                .block("vrrp_track_process p {\n    process " + program + " 100\n    quorum 2\n}\n"));
        router.awaitFault(VI, FaultReason.PROCESSES_MISSING, "p");
        ProcessOf first = lab.with(new ProcessOf(program, "100"));
        lab.with(new ProcessOf(program, "100"));
        lab.with(new ProcessOf(program, "200"));
        router.awaitMaster(VI);
        first.close();
        router.awaitFault(VI, FaultReason.PROCESSES_MISSING, "p");
        assertFalse(router.log().tail(50).contains("goes on after"), router.log().tail(50));
    }

    private static void awaitPriority(Router router, int priority) {
        router.awaitStatus("priority " + priority, PATIENCE, status -> status.effectivePriority(VI) == priority);
    }

    /** A program that runs until it is closed. */
    private record ProcessOf(Process process) implements AutoCloseable {

        ProcessOf(Path program, String... arguments) {
            this(start(program, List.of(arguments)));
        }

        private static Process start(Path program, List<String> arguments) {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            command.addAll(arguments);
            try {
                return new ProcessBuilder(command).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
