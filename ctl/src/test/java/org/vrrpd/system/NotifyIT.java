package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.vrrpd.proto.effect.RouterState;

/** Scripts and pipes are told of every state in order, and whatever they do, advertisements stay on time. */
@ExtendWith(LabExtension.class)
@Isolated("measures milliseconds")
class NotifyIT {

    private static final String VI = "VI_4";
    private static final Duration PATIENCE = Times.seconds(15);
    private static final Duration CENTISECOND = Times.millis(10);
    private static final int PIPE_BYTES = 65536;

    @Test
    @DisplayName("slow notifies of quick transitions come one at a time, in order, none lost; the pipe says the same")
    void inOrderAndNoneLost(Lab lab) {
        Link link = lab.lan(1);
        ScriptFiles files = new ScriptFiles(lab);
        Path script = files.script("notify", "echo begin \"$@\" >> " + files.path("told") + "\nsleep 0.$(($$ % 4))\n"
                + "echo end \"$@\" >> " + files.path("told"));
        Path reader = files.script("reader", "while read line; do echo \"$line\" >> " + files.path("read")
                + "; done < \"$1\"");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("notify \"" + script + " word\" root"))
                .global("notify_fifo " + files.path("fifo") + " root")
                .global("notify_fifo_script \"" + reader + "\" root"));
        router.awaitMaster(VI);
        for (int i = 0; i < 3; i++) {
            long lost = Await.now();
            link.carrier(false);
            router.awaitState(VI, RouterState.FAULT, PATIENCE, lost);
            long found = Await.now();
            link.carrier(true);
            router.awaitState(VI, RouterState.MASTER, PATIENCE, found);
        }
        Await.until("all notifies", PATIENCE, () -> files.lines("told").size() == 22);
        assertEquals(0, router.stop());
        List<String> states = new ArrayList<>(List.of("BACKUP", "MASTER"));
        for (int i = 0; i < 3; i++) {
            states.addAll(List.of("FAULT", "BACKUP", "MASTER"));
        }
        states.add("STOP");
        List<String> told = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (String state : states) {
            told.add("begin word INSTANCE VI_4 " + state + " 100");
            told.add("end word INSTANCE VI_4 " + state + " 100");
            read.add("INSTANCE \"VI_4\" " + state + " 100");
        }
        assertEquals(told, files.lines("told"));
        assertEquals(read, files.lines("read"));
        assertFalse(Files.exists(files.path("fifo")));
    }

    @Test
    @DisplayName("scripts that print, hang and ignore signals, and a full pipe: advertisements of 10 ms stay on time")
    void advertisementsStayOnTime(Lab lab) throws IOException {
        lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        ScriptFiles files = new ScriptFiles(lab);
        Path fifo = files.path("fifo");
        Shell.must("mkfifo", fifo.toString());
        try (FileChannel full = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            full.write(ByteBuffer.allocate(PIPE_BYTES)); // what the pipe holds: from now on it takes nothing
            Conf conf = Conf.of(VirtualRouter.ipv4().every(CENTISECOND).priority(200)
                            .with("notify_priority_changes")
                            .with("notify \"" + files.script("notify", "exec yes notify") + "\" root")
                            .with("track_script { quick\n loud\n stubborn\n missing\n }")
                            .with("track_file { f }"))
                    .global("notify_fifo " + fifo + " root")
                    .block(files.check("quick", files.script("quick", "exit $(($$ % 2))"), "interval 0.05", "weight 1"))
                    .block(files.check("loud", files.script("loud", "exec yes loud"), "timeout 0.1", "weight 1"))
                    .block(files.check("stubborn", files.script("stubborn", "trap '' TERM; while :; do sleep 1; done"),
                            "weight 1"))
                    .block(files.check("missing", files.path("missing"), "weight 1"))
                    .block("track_file f {\n    file " + files.write("track", "0\n") + "\n}\n");
            Router master = lab.vrrpd(1, conf);
            master.awaitMaster(VI);
            Router backup = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().every(CENTISECOND).priority(100)));
            backup.awaitState(VI, RouterState.BACKUP, PATIENCE);
            master.awaitStatus("all well", PATIENCE, status -> status.journalState().equals("writing"));
            long begun = Await.now();
            for (int i = 0; i < 100; i++) {
                files.write("track", i % 2 + "\n");
                Shell.must("sleep", "0.1");
            }
            assertOnTime(observer.since(begun, Frame.advertFrom(Lab.address(1))));
            assertEquals(List.of(), backup.transitions(VI, begun));
            assertEquals(List.of(), master.transitions(VI, begun));
        }
    }

    private static void assertOnTime(List<Frame> adverts) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < adverts.size(); i++) {
            gaps.add(adverts.get(i).time() - adverts.get(i - 1).time());
        }
        gaps.sort(null);
        double late = Await.millis(gaps.get(gaps.size() * 99 / 100));
        double latest = Await.millis(gaps.get(gaps.size() - 1));
        System.out.printf("%d advertisements of 10 ms beside scripts: 99 of 100 within %.2f ms, all within %.2f ms%n",
                adverts.size(), late, latest);
        assertTrue(gaps.size() >= 900, gaps.size() + " advertisements");
        assertTrue(late < 19, "99 of 100 within " + late + " ms");
        assertTrue(latest < 30, "the longest silence was " + latest + " ms");
    }
}
