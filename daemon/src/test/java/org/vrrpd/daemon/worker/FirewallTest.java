package org.vrrpd.daemon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vrrpd.daemon.linux.Errno;

/** The real nft, with scripts that change nothing: real rules are set by the namespace tests. */
@Timeout(60)
class FirewallTest {

    private final Told told = new Told();
    private final List<String> log = new ArrayList<>();
    private Firewall firewall;

    @BeforeEach
    void start() throws IOException {
        begin(ScriptEnvironment.ofProcess());
    }

    private void begin(ScriptEnvironment environment) throws IOException {
        firewall = new Firewall(new Answers(told), environment, log::add);
        firewall.start();
    }

    @AfterEach
    void close() {
        firewall.close(500);
        assertEquals(List.of(), log);
    }

    @Test
    void oneAfterTheOther() throws Exception {
        for (int i = 1; i <= 5; i++) {
            firewall.set(i, "# nothing\n");
        }
        for (int i = 1; i <= 5; i++) {
            assertEquals(new Told.Result(i, 0, ""), told.result());
        }
    }

    @Test
    void whatNftSaysOfAMistakeIsTold() throws Exception {
        firewall.set(1, "add nonsense\n");
        Told.Result result = told.result();
        assertEquals(Errno.EINVAL.number(), result.errno());
        assertTrue(result.detail().startsWith("nft: /dev/stdin:1:13-13: Error: syntax error"), result.detail());
    }

    @Test
    void aHugeRuleSetIsTakenWhole() throws Exception {
        firewall.set(1, "# nothing\n".repeat(6000) + "add nonsense\n");
        assertTrue(told.result().detail().contains("/dev/stdin:6001:"));
    }

    @Test
    void withoutNftItSaysSo() throws Exception {
        firewall.close(500);
        begin(ScriptEnvironment.of("PATH=/no/such/directory\0"));
        firewall.set(1, "# nothing\n");
        assertEquals(new Told.Result(1, Errno.ENOENT.number(), "nft was not found on the PATH"), told.result());
    }
}
