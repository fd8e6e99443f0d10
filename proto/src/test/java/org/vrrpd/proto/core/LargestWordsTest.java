package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;

/** The longest words that a configuration may have, of characters that take three bytes: every effect has room. */
class LargestWordsTest {

    private static final int LONGEST = 4096;

    private static String word(char last) {
        return "\u8a9e".repeat(LONGEST - 1) + last;
    }

    @Test
    @DisplayName("names, commands, users, groups and pipes as long as they may be: told, run and stopped")
    void everythingHasRoom() {
        String command = "\"" + word('c') + "\" " + word('u') + " " + word('g');
        String text = "global_defs { vrrp_version 3\nnotify_fifo /" + word('f').substring(1) + "\n}\n"
                + "vrrp_script " + word('s') + " { script " + "\"" + word('d') + "\"\nuser " + word('u') + " "
                + word('g') + "\nweight 10\n}\n"
                + "track_file " + word('t') + " { file /" + word('p').substring(1) + "\n}\n"
                + "vrrp_sync_group " + word('n') + " { group { " + word('a') + " }\nnotify " + command + "\n}\n"
                + "vrrp_instance " + word('a') + " {\ninterface eth0\nvirtual_router_id 51\npriority 100\n"
                + "virtual_ipaddress { 192.0.2.10/24 }\ntrack_script { " + word('s') + " }\ntrack_file { " + word('t')
                + " }\nnotify " + command + "\nnotify_master " + command + "\nnotify_stop " + command + "\n}\n";
        CoreFixture core = Configurations.running(text);
        core.advance(5 * SECOND);
        assertEquals(RouterState.MASTER, core.state(word('a')));
        core.kernel.setUp(core.kernel.byName("eth0"), false);
        core.advance(SECOND);
        assertEquals(RouterState.FAULT, core.state(word('a')));
        core.stopped().advance(2 * SECOND);
        assertEquals(1, core.all(EffectKind.END).size());
    }
}
