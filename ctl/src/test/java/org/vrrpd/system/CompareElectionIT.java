package org.vrrpd.system;

import static org.vrrpd.system.Comparison.compare;
import static org.vrrpd.system.Deviation.atAnotherTime;
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

    private static final CraftedAdvert HIGHER = CraftedAdvert.ipv4(200);
    private static final CraftedAdvert LOWER = CraftedAdvert.ipv4(50);

    private static Conf state(String lines) {
        return Conf.raw("""
                vrrp_instance VI_4 {
                    %s
                    interface eth0
                    virtual_router_id 51
                    version 3
                    advert_int 0.1
                    virtual_ipaddress { 10.1.0.51/24 }
                }
                """.formatted(lines));
    }

    @Test
    @DisplayName("subtle 1: state MASTER below priority 255 is BACKUP for a Master_Down_Interval first")
    void stateMaster() {
        compare("state MASTER").conf(state("state MASTER\n priority 150")).start(seconds(1)).expectSame();
    }

    @Test
    @DisplayName("subtle 1: state MASTER without priority is priority 255: MASTER at once, and no weight counts")
    void stateMasterWithoutPriority() {
        compare("state MASTER without priority").given(stage -> stage.cable("eth1"))
                .conf(state("state MASTER\n track_interface {\n eth1 weight -50\n }")).start(millis(700))
                .then("the weighted interface goes", seconds(2), stage -> stage.router().ip("link set eth1 down"))
                .expectSame();
    }

    @Test
    @DisplayName("subtle 2: on taking over advertisement, addresses, announcements; on release the reverse")
    void orderOfTakingOver() {
        compare("subtle 2").conf(VirtualRouter.ipv4().vip("10.1.0.52/24").excluded("10.1.0.53/24"))
                .start(seconds(1))
                .then("stopped", seconds(1), Stage::stop)
                .differs("Addresses on release", onlyKeepalived("- eth0 inet 10.1.0.5[12]/24 .*"),
                        onlyVrrpd("- eth0 inet 10.1.0.5[12]/24 .*"));
    }

    @Test
    @DisplayName("subtle 3: a backup that hears lower advertisements goes on counting, and then takes over")
    void preempts() {
        compare("preemption").conf(VirtualRouter.ipv4())
                .given(stage -> stage.neighbour().advertises(HIGHER)).start(millis(700))
                .then("now a lower one", seconds(1), CompareElectionIT::preempted).expectSame();
    }

    /** A lower one that goes on until the router has taken over. */
    private static void preempted(Stage stage) {
        stage.neighbour().advertises(LOWER);
        stage.awaitAdvert();
        stage.neighbour().fallsSilent();
    }

    @Test
    @DisplayName("subtle 3: a master answers a lower advertisement at once, with announcements, now and once more")
    void answersLower() {
        compare("lower advertisement at the master")
                .conf(VirtualRouter.ipv4().with("garp_master_delay 1").with("garp_master_repeat 2"))
                .start(seconds(2))
                .then("a lower one", millis(5500), stage -> stage.neighbourAfterAdvert().says(LOWER)).expectSame();
    }

    @Test
    @DisplayName("equal priorities: the higher address stays, the lower one yields")
    void tie() {
        compare("tie").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("equal with a lower address", millis(500),
                        stage -> stage.neighbourAfterAdvert().says(CraftedAdvert.ipv4(100).from("10.1.0.0")))
                .then("equal with a higher address", seconds(1),
                        stage -> stage.neighbour().says(CraftedAdvert.ipv4(100))).expectSame();
    }

    @Test
    @DisplayName("a higher advertisement makes the master yield; when it ceases it takes over again")
    void yieldsAndTakesOver() {
        compare("yield and take over").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("a higher one", seconds(1), stage -> stage.neighbour().advertises(HIGHER))
                .then("it is dead", seconds(1), stage -> stage.neighbour().fallsSilent()).expectSame();
    }

    @Test
    @DisplayName("priority 0 of the master: taken over after Skew_Time; at a master it is answered")
    void goodbye() {
        compare("goodbye").conf(VirtualRouter.ipv4())
                .given(stage -> stage.neighbour().advertises(HIGHER)).start(millis(800))
                .then("goodbye", seconds(1), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.ipv4(0));
                })
                .then("goodbye to a master", millis(500),
                        stage -> stage.neighbourAfterAdvert().says(CraftedAdvert.ipv4(0)))
                .expectSame();
    }

    @Test
    @DisplayName("nopreempt: a lower master is left alone; when it ceases or says goodbye it is taken over")
    void nopreempt() {
        compare("nopreempt").conf(VirtualRouter.ipv4().with("nopreempt"))
                .given(stage -> stage.neighbour().advertises(LOWER)).start(seconds(1))
                .then("goodbye", seconds(1), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.ipv4(0));
                }).expectSame();
    }

    @Test
    @DisplayName("subtle 6: preempt_delay counts from the first lower advertisement, and a higher one cancels it")
    void preemptDelay() {
        compare("preempt_delay").conf(VirtualRouter.ipv4().with("preempt_delay 1"))
                .given(stage -> stage.neighbour().advertises(HIGHER)).start(millis(600))
                .then("a lower one", millis(600), stage -> stage.neighbour().advertises(LOWER))
                .then("a higher one again", millis(600), stage -> stage.neighbour().advertises(HIGHER))
                .then("and a lower one", seconds(2), CompareElectionIT::preempted).expectSame();
    }

    @Test
    @DisplayName("subtle 6: preempt_delay does not count when the master is gone")
    void preemptDelayWithoutMaster() {
        compare("preempt_delay without a master").conf(VirtualRouter.ipv4().with("preempt_delay 5"))
                .given(stage -> stage.neighbour().advertises(LOWER)).start(seconds(1))
                .then("it is dead", seconds(1), stage -> stage.neighbour().fallsSilent()).expectSame();
    }

    @Test
    @DisplayName("down_timer_adverts: as many intervals as it says")
    void downTimerAdverts() {
        compare("down_timer_adverts").conf(VirtualRouter.ipv4().with("down_timer_adverts 8"))
                .given(stage -> stage.neighbour().advertises(HIGHER)).start(millis(500))
                .then("it is dead", millis(1500), stage -> stage.neighbour().fallsSilent()).expectSame();
    }

    @Test
    @DisplayName("priority 255: MASTER at once; a higher address of priority 255 is another owner")
    void owner() {
        compare("owner").conf(state("priority 255")).start(seconds(1))
                .then("a lower one", millis(500), stage -> stage.neighbourAfterAdvert().says(HIGHER)).expectSame();
    }

    @Test
    @DisplayName("priority 255 and state BACKUP: the owner begins as MASTER all the same")
    void ownerInBackup() {
        compare("owner with state BACKUP").conf(state("state BACKUP\n priority 255\n down_timer_adverts 20"))
                .start(seconds(3))
                .differs("Priority 255 with `state BACKUP`", onlyKeepalived("VI_4 is BACKUP"),
                        atAnotherTime("VI_4 is MASTER"), atAnotherTime("advert 51 .*"), atAnotherTime("\\+ .*"),
                        atAnotherTime("GARP .*"));
    }

    @Test
    @DisplayName("subtle 13: what a killed run left is removed at the next start, which is BACKUP first")
    void killed() {
        compare("killed and started again").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("killed", millis(500), stage -> stage.daemon().kill())
                .startAgain(seconds(1)).expectSame();
    }

    @Test
    @DisplayName("subtle 11: a VIP deleted by another program: back at once, where keepalived steps down")
    void deletedVip() {
        compare("subtle 11").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("VIP deleted", seconds(1), stage -> stage.link().removeAddress("10.1.0.51/24"))
                .differs("Virtual address removed by another program", onlyKeepalived("advert 51 priority 0 .*"),
                        onlyKeepalived("VI_4 is BACKUP"), onlyKeepalived("advert 51 priority 100 .*"),
                        onlyKeepalived("VI_4 is MASTER"));
    }
}
