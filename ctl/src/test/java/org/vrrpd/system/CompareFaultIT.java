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

/** What makes FAULT, what ends it, what changes the priority, and what groups make of it. */
@Execution(ExecutionMode.CONCURRENT)
class CompareFaultIT {

    private static final String SECOND_INSTANCE = "10.1.0.52/24";

    private static VirtualRouter tracking(String line) {
        return VirtualRouter.ipv4().with("track_interface {\n        " + line + "\n    }");
    }

    private static void set(Stage stage, String words) {
        stage.router().ip("link set " + words);
    }

    @Test
    @DisplayName("subtle 7: the own interface goes down as MASTER and comes back: BACKUP with a full interval")
    void ownInterface() {
        compare("own interface").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("down", millis(700), stage -> set(stage, "eth0 down"))
                .then("up", seconds(2), stage -> {
                    set(stage, "eth0 up");
                    stage.mark(stage.link().running());
                }).within(millis(300)).expectSame();
    }

    @Test
    @DisplayName("subtle 7: the only address goes and comes back")
    void ownAddress() {
        compare("own address").conf(VirtualRouter.ipv4())
                .given(stage -> stage.router().sysctl("net.ipv4.conf.eth0.promote_secondaries=1")).start(seconds(1))
                .then("removed", millis(700), stage -> stage.link().removeAddress("10.1.0.1/24"))
                .then("added", seconds(1), stage -> stage.link().address("10.1.0.1/24"))
                .differs("Source address removed while MASTER", onlyKeepalived("advert 51 priority 0 .*"),
                        onlyVrrpd("no more: advert 51 .*"), onlyKeepalived("advert 51 priority 100 .*"),
                        onlyVrrpd("advert 51 priority 100 .*, again"));
    }

    @Test
    @DisplayName("a tracked interface without weight: FAULT when it goes, BACKUP when it is back")
    void trackedInterface() {
        compare("tracked interface").given(stage -> stage.cable("eth1")).conf(tracking("eth1")).start(seconds(1))
                .then("down", millis(700), stage -> set(stage, "eth1 down"))
                .then("up", seconds(2), stage -> set(stage, "eth1 up")).within(millis(300))
                .differs("Priority 0 at a fault", onlyKeepalived("advert 51 priority 0 .*"));
    }

    @Test
    @DisplayName("a tracked interface that is down at the start: FAULT first")
    void trackedInterfaceDownAtStart() {
        compare("tracked interface down at the start").given(stage -> {
            stage.cable("eth1");
            set(stage, "eth1 down");
        }).conf(tracking("eth1")).start(millis(700))
                .then("up", seconds(2), stage -> set(stage, "eth1 up")).within(millis(300)).expectSame();
    }

    @Test
    @DisplayName("subtle 9: weights of interfaces add up, are clamped to 1 and 254, and reverse turns them round")
    void weights() {
        compare("weights").given(stage -> {
            stage.cable("eth1");
            stage.cable("eth2");
        }).conf(tracking("eth1 weight 200\n eth2 weight -150 reverse")).start(seconds(1))
                .then("eth1 down", seconds(1), stage -> set(stage, "eth1 down"))
                .then("eth2 down", seconds(1), stage -> set(stage, "eth2 down")).expectSame();
    }

    @Test
    @DisplayName("subtle 9: a weight that changes in BACKUP moves the running timer")
    void weightInBackup() {
        compare("weight in BACKUP").given(stage -> {
            stage.cable("eth1");
            stage.neighbour().advertises(CraftedAdvert.ipv4(254));
        }).conf(tracking("eth1 weight -90")).start(millis(500))
                .then("its last word, of a second's interval", seconds(2), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.ipv4(254).every(100));
                })
                .then("eth1 down", millis(2500), stage -> set(stage, "eth1 down")).expectSame();
    }

    private static Conf group(VirtualRouter... more) {
        return Conf.of(VirtualRouter.ipv4(), more[0]).group("G", "VI_4", "VI_2");
    }

    private static VirtualRouter second() {
        return VirtualRouter.named("VI_2").vrid(52).vip(SECOND_INSTANCE);
    }

    @Test
    @DisplayName("subtle 10: a group becomes MASTER together, and yields together without priority 0")
    void group() {
        compare("sync group").conf(group(second().priority(50))).start(seconds(1))
                .then("one hears a higher one", millis(600), stage -> stage.neighbour().says(CraftedAdvert.ipv4(200)))
                .expectSame();
    }

    @Test
    @DisplayName("subtle 10: a member that hears its master keeps the group BACKUP, with full timers")
    void gate() {
        compare("gate of a group").conf(group(second()))
                .given(stage -> stage.neighbour().advertises(CraftedAdvert.ipv4(200))).start(seconds(2))
                .then("it is dead", seconds(1), stage -> stage.neighbour().fallsSilent())
                .within(millis(500)).expectSame();
    }

    @Test
    @DisplayName("subtle 10: a fault of one member is the group's, with priority 0 of each")
    void groupFault() {
        compare("fault in a group").given(stage -> stage.cable("eth1"))
                .conf(group(second().with("track_interface {\n eth1\n }"))).start(seconds(1))
                .then("down", millis(700), stage -> set(stage, "eth1 down"))
                .then("up", seconds(2), stage -> set(stage, "eth1 up")).within(millis(300))
                .differs("Priority 0 at a fault", onlyKeepalived("advert 52 priority 0 .*"));
    }

    @Test
    @DisplayName("subtle 15: comments, glued braces, definitions and conditions are read alike")
    void tolerance() {
        compare("configuration").conf(Conf.raw("""
                ! a comment
                $VIP=10.1.0.51/24
                vrrp_instance VI_4{ state BACKUP ! not MASTER
                  interface eth0 # here
                  virtual_router_id 51
                  version 3
                  @nobody priority 7
                  @^nobody priority 77
                  advert_int 0.1
                  virtual_ipaddress{ ${VIP}
                    10.1.0.52/24 } }
                """)).start(seconds(1)).expectSame();
    }

    @Test
    @DisplayName("interface_up_down_delays: a short outage counts for nothing, a long one after its delay")
    void linkDelays() {
        Conf conf = Conf.raw("interface_up_down_delays {\n    eth1 0.15 0.4\n}\n" + tracking("eth1").text());
        compare("link delays").given(stage -> stage.cable("eth1")).conf(conf).start(seconds(1))
                .then("short", seconds(1), stage -> {
                    set(stage, "eth1 down");
                    set(stage, "eth1 up");
                })
                .then("down", millis(900), stage -> set(stage, "eth1 down"))
                .then("up", seconds(2), stage -> set(stage, "eth1 up")).within(millis(300))
                .differs("Priority 0 at a fault", onlyKeepalived("advert 51 priority 0 .*"));
    }
}
