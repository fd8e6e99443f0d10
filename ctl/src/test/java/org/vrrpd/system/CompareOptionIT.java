package org.vrrpd.system;

import static org.vrrpd.system.Comparison.compare;
import static org.vrrpd.system.Times.millis;
import static org.vrrpd.system.Times.seconds;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Words that bend the protocol. */
@Execution(ExecutionMode.CONCURRENT)
class CompareOptionIT {

    /** ECONNREFUSED: somebody is there, who has no such service. */
    private static final int REFUSED = 111;

    @Test
    @DisplayName("higher_prio_send_advert: one more advertisement before yielding")
    void lastWord() {
        compare("higher_prio_send_advert").conf(VirtualRouter.ipv4().with("higher_prio_send_advert"))
                .start(seconds(1))
                .then("a higher one", millis(700),
                        stage -> stage.neighbourAfterAdvert().says(CraftedAdvert.ipv4(200))).expectSame();
    }

    @Test
    @DisplayName("vrrp_startup_delay: nothing is done and nothing heard before it is over")
    void startupDelay() {
        compare("vrrp_startup_delay").conf(Conf.of(VirtualRouter.ipv4()).global("vrrp_startup_delay 1"))
                .start(seconds(2)).expectSame();
    }

    @Test
    @DisplayName("vrrp_min_garp: one announcement")
    void fewAnnouncements() {
        compare("vrrp_min_garp").conf(Conf.of(VirtualRouter.ipv4().vip("10.1.0.52/24")).global("vrrp_min_garp"))
                .start(seconds(1)).expectSame();
    }

    @Test
    @DisplayName("strict_mode: a lower advertisement is not answered and nothing is announced again")
    void strict() {
        compare("strict_mode").conf(VirtualRouter.ipv4().with("strict_mode").with("accept")).start(seconds(1))
                .then("a lower one", seconds(1),
                        stage -> stage.neighbourAfterAdvert().says(CraftedAdvert.ipv4(50))).expectSame();
    }

    @Test
    @DisplayName("no_accept: what a station that knocks at a virtual address hears")
    void noAccept() {
        compare("no_accept").conf(VirtualRouter.ipv4().with("no_accept"))
                .given(stage -> stage.lab().ground().ip("addr add 10.1.0.98/24 dev br0")).start(seconds(1))
                .then("somebody knocks", seconds(1), CompareOptionIT::knock).within(seconds(3)).expectSame();
    }

    @Test
    @DisplayName("accept, which is usual")
    void accept() {
        compare("accept").conf(VirtualRouter.ipv4())
                .given(stage -> stage.lab().ground().ip("addr add 10.1.0.98/24 dev br0")).start(seconds(1))
                .then("somebody knocks", seconds(1), CompareOptionIT::knock).within(seconds(3)).expectSame();
    }

    private static void knock(Stage stage) {
        String program = "import socket, sys; s = socket.socket(); s.settimeout(0.5);"
                + "sys.exit(s.connect_ex((sys.argv[1], 9)))";
        for (String address : List.of(VirtualRouter.VIP4, Lab.address(1))) {
            int answer = Shell.run(stage.lab().ground().inside(List.of("python3", "-c", program, address))).exit();
            stage.noteNow(address + (answer == REFUSED ? " answers" : " does not answer"));
        }
    }
}
