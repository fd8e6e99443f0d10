package org.vrrpd.system;

import static org.vrrpd.system.Comparison.compare;
import static org.vrrpd.system.Deviation.onlyKeepalived;
import static org.vrrpd.system.Deviation.onlyVrrpd;
import static org.vrrpd.system.Times.millis;
import static org.vrrpd.system.Times.seconds;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Elections as keepalived holds them. */
@Execution(ExecutionMode.CONCURRENT)
class CompareElectionIT {

    @Test
    @DisplayName("subtle 2: on taking over advertisement, addresses, announcements; on release the reverse")
    void orderOfTakingOver() {
        compare("subtle 2").conf(VirtualRouter.ipv4().vip("10.1.0.52/24").excluded("10.1.0.53/24"))
                .start(seconds(1))
                .then("stopped", seconds(1), stage -> stage.daemon().stop())
                .differs("Addresses on release", onlyKeepalived("- eth0 inet 10.1.0.5[12]/24 .*"),
                        onlyVrrpd("- eth0 inet 10.1.0.5[12]/24 .*"));
    }

    @Test
    @DisplayName("a higher advertisement makes the master yield; when it ceases it takes over again")
    void yieldsAndTakesOver() {
        compare("yield and take over").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("a higher one", seconds(1), stage -> stage.neighbour().advertises(CraftedAdvert.ipv4(200)))
                .then("it is dead", seconds(1), stage -> stage.neighbour().fallsSilent()).expectSame();
    }

    @Test
    @DisplayName("priority 0 of the master: taken over after Skew_Time")
    void goodbye() {
        compare("goodbye").conf(VirtualRouter.ipv4())
                .given(stage -> stage.neighbour().advertises(CraftedAdvert.ipv4(200))).start(millis(800))
                .then("goodbye", seconds(1), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.ipv4(0));
                }).within(millis(80)).expectSame();
    }

    @Test
    @DisplayName("a VIP deleted by another program: back at once, where keepalived steps down")
    void deletedVip() {
        compare("subtle 11").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("VIP deleted", seconds(1), stage -> stage.link().removeAddress("10.1.0.51/24"))
                .differs("Virtual address removed by another program", onlyKeepalived("advert 51 priority 0 .*"),
                        onlyKeepalived("VI_4 is BACKUP"), onlyKeepalived("advert 51 priority 100 .*"),
                        onlyKeepalived("VI_4 is MASTER"));
    }
}
