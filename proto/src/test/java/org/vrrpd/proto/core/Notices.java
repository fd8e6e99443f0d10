package org.vrrpd.proto.core;

import java.util.List;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.Payloads;

/** The configurations of tests about notifications, and what scripts and pipes were told in them. */
final class Notices {

    static final String PIPE = "/run/vrrpd.fifo";
    static final List<String> WORDS = List.of("notify_master", "notify_backup", "notify_fault", "notify_stop",
            "notify_deleted", "notify", "notify_master_rx_lower_pri");

    private Notices() {}

    /** Every script there is, each named after its keyword. */
    static String scripts() {
        return groupScripts() + "notify_master_rx_lower_pri /bin/lower\n";
    }

    static String groupScripts() {
        return "notify_master \"/bin/master one\"\nnotify_backup /bin/backup\nnotify_fault /bin/fault\n"
                + "notify_stop /bin/stop\nnotify \"/bin/any with words\"\n";
    }

    static String globals(String... lines) {
        return "global_defs {\nvrrp_version 3\nvrrp_notify_fifo " + PIPE + "\n" + String.join("\n", lines) + "\n}\n";
    }

    /** I1 on eth0 and I2 on eth1 in group G, all of them with every script. */
    static String pair(String... globals) {
        return globals(globals) + pairGroup("I1", "I2")
                + Configurations.instance("I1", "eth0", 51, "192.0.2.10/24", scripts())
                + Configurations.instance("I2", "eth1", 52, "198.51.100.10/24", scripts());
    }

    static String pairGroup(String... members) {
        return "vrrp_sync_group G {\ngroup {\n" + String.join("\n", members) + "\n}\n" + groupScripts() + "}\n";
    }

    /** One instance with these lines on eth0. */
    static String single(String... lines) {
        return globals() + Configurations.instance("I1", "eth0", 51, "192.0.2.10/24", lines);
    }

    /** A core with eth0 and eth1, in which each notify script ends at once and well. */
    static CoreFixture fixture() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        core.kernel.linkReady("eth1", "198.51.100.2/24", "fe80::1:2/64");
        for (String name : List.of("I1", "I2", "I3", "G")) {
            WORDS.forEach(word -> core.workers.exits(word + " of " + name, 0));
        }
        return core;
    }

    static CoreFixture running(String configuration) {
        return fixture().started().configured(configuration);
    }

    /** What was written to the pipe since the last forget(), line by line. */
    static List<String> lines(CoreFixture core) {
        return lines(core, PIPE);
    }

    static List<String> lines(CoreFixture core, String path) {
        return core.all(EffectKind.WRITE_FIFO).stream()
                .filter(each -> Payloads.readText(each.buffer(), 0).equals(path))
                .map(each -> Payloads.readText(each.buffer(), Payloads.skipText(each.buffer(), 0)))
                .map(line -> {
                    if (!line.endsWith("\n")) {
                        throw new AssertionError("Expected a whole line, but found " + line);
                    }
                    return line.strip();
                }).toList();
    }

    /** What ran since the last forget(), such as "notify of I1: /bin/any INSTANCE I1 MASTER 100". */
    static List<String> runs(CoreFixture core) {
        return core.all(EffectKind.RUN_SCRIPT).stream().map(each -> ScriptRun.read(each.buffer(), 0))
                .map(run -> run.purpose() + ": " + String.join(" ", run.arguments())).toList();
    }

    /** Of the runs, those of one instance or group. */
    static List<String> runs(CoreFixture core, String name) {
        return runs(core).stream().filter(each -> each.contains(" of " + name + ":")).toList();
    }

    static CoreFixture carrier(CoreFixture core, String device, boolean on) {
        core.kernel.setCarrier(core.kernel.byName(device), on);
        return core.pump();
    }
}
