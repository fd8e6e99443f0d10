package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that nobody should reload a running router with: each is refused quickly, and advertisements go on. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class HostileConfigurationIT {

    private static final int MEBIBYTE = 1 << 20;
    private static final Duration INTERVAL = Times.millis(10);
    /** A heap that grows under a large file costs one collection of 20 to 30 ms, here beside other tests. */
    private static final Duration LONGEST_SILENCE = Times.millis(60);
    private static final Duration PATIENCE = Times.seconds(20);

    /** What the file is, and what the answer must say. */
    enum Hostile {
        HUGE_FILE("209715200 bytes: expected at most"),
        NUL_BYTES("a NUL byte: expected text"),
        INCLUDE_LOOP("include loop"),
        DEFINITION_OF_ITSELF("expands to itself"),
        DEFINITIONS_THAT_EXPLODE("expected at most"),
        A_HUNDRED_THOUSAND_INSTANCES("expected at most"),
        AN_ENDLESS_LOOP("repetitions"),
        A_PIPE_INCLUDED("regular file");

        private final String answer;

        Hostile(String answer) {
            this.answer = answer;
        }

        void write(Path file) throws IOException {
            Path beside = file.resolveSibling("beside");
            switch (this) {
                case HUGE_FILE -> fill(file, 200);
                case NUL_BYTES -> Files.write(file, new byte[MEBIBYTE]);
                case INCLUDE_LOOP -> Files.writeString(file, "include " + file.getFileName() + "\n");
                case DEFINITION_OF_ITSELF -> Files.writeString(file, "$A=x${A}\nrouter_id ${A}\n");
                case DEFINITIONS_THAT_EXPLODE -> {
                    StringBuilder text = new StringBuilder("$D0=0123456789\n");
                    for (int i = 1; i < 12; i++) {
                        String tenfold = ("${D" + (i - 1) + "} ").repeat(10);
                        text.append("$D").append(i).append('=').append(tenfold).append('\n');
                    }
                    Files.writeString(file, text.append("router_id ${D11}\n"));
                }
                case A_HUNDRED_THOUSAND_INSTANCES -> Files.writeString(file, "~SEQ(I, 100000) vrrp_instance V$I "
                        + "{ interface eth0\n~SEQ(I, 100000) virtual_router_id 1\n");
                case AN_ENDLESS_LOOP -> Files.writeString(file, "~SEQ(I, 2000000000) router_id $I\n");
                case A_PIPE_INCLUDED -> {
                    Shell.must("mkfifo", beside.toString());
                    Files.writeString(file, "includea beside\n");
                }
            }
        }

        private static void fill(Path file, int mebibytes) throws IOException {
            byte[] block = "# a comment of 32 bytes, a line\n".repeat(MEBIBYTE / 32).getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int i = 0; i < mebibytes; i++) {
                    out.write(block);
                }
            }
        }
    }

    @DisplayName("a reload is refused with a clear word, and advertisements of 10 ms go on")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isRefused(Hostile hostile, Lab lab) {
        lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().every(INTERVAL)));
        router.awaitMaster("VI_4");
        try {
            hostile.write(router.configurationFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long begun = Await.now();
        Shell.Result answer = router.ctl("reload");
        long took = Await.now() - begun;
        assertEquals(1, answer.exit(), answer.output());
        assertTrue(answer.output().contains(hostile.answer), () -> head(answer.output()));
        assertTrue(took < PATIENCE.toNanos(), "refused after " + took / 1_000_000 + " ms");
        observer.assertNoGap("an advertisement", LONGEST_SILENCE, begun, advertFrom(Lab.address(1)));
        assertEquals(List.of(), router.transitions("VI_4", begun));
    }

    private static String head(String text) {
        return text.length() < 2000 ? text : text.substring(0, 2000) + " …";
    }
}
