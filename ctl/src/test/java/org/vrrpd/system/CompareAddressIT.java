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

/** Virtual addresses as the kernel gets them, and how they are announced. */
@Execution(ExecutionMode.CONCURRENT)
class CompareAddressIT {

    @Test
    @DisplayName("prefix length, broadcast, scope, label, peer, noprefixroute: as the line says")
    void flags() {
        compare("address lines").conf(VirtualRouter.ipv4().vip("10.2.0.1").vip("10.3.0.1/24 brd +")
                .vip("10.4.0.1/24 brd 10.4.0.99 label eth0:vip").vip("10.5.0.1/16 scope link")
                .vip("10.6.0.1 peer 10.6.0.2").vip("10.7.0.1/24 noprefixroute").vip("10.8.0.1/24 broadcast -"))
                .start(seconds(1)).expectSame();
    }

    @Test
    @DisplayName("flags of IPv6 addresses: preferred lifetimes, detection, deprecated when alone on their prefix")
    void flagsOfIpv6() {
        compare("IPv6 address lines").conf(VirtualRouter.ipv6().vip("2001:db8::1").vip("2001:db8::2/64")
                .vip("2001:db8::3/128 preferred_lft forever").vip("2001:db8::4/64 noprefixroute")
                .vip("2001:db8::5/64 home mngtmpaddr")).start(seconds(1)).expectSame();
    }

    @Test
    @DisplayName("excluded addresses and addresses on other interfaces, of both families")
    void elsewhere() {
        compare("addresses elsewhere").given(stage -> {
            stage.cable("eth1");
            stage.cable("eth2");
        }).conf(VirtualRouter.ipv4().vip("10.9.0.51/24 dev eth1").excluded("10.9.1.51/24 dev eth2")
                .excluded("2001:db8:9::51/64 dev eth1").excluded("10.1.0.53/24")).start(seconds(1))
                .then("yields", millis(300), stage -> stage.neighbour().advertises(
                        CraftedAdvert.ipv4(200).listing("10.1.0.51", "10.9.0.51")))
                .differs("Addresses on release", onlyKeepalived("- eth[0-2] .*"), onlyVrrpd("- eth[0-2] .*"));
    }

    @Test
    @DisplayName("subtle 11: a no_track address that another program deletes stays away")
    void untracked() {
        compare("no_track").conf(VirtualRouter.ipv4().vip("10.2.0.1/24 no_track")).start(seconds(1))
                .then("deleted", seconds(1), stage -> stage.link().removeAddress("10.2.0.1/24")).expectSame();
    }

    @Test
    @DisplayName("subtle 14: a set of rounds over all addresses now and one more after garp_master_delay (5 s)")
    void announcements() {
        compare("announcements").conf(VirtualRouter.ipv4().vip("10.1.0.52/24").excluded("10.1.0.53/24"))
                .start(seconds(7)).expectSame();
    }

    @Test
    @DisplayName("garp_master_repeat, garp_master_delay, garp_master_refresh and its repeat")
    void refresh() {
        compare("refreshed announcements").conf(VirtualRouter.ipv4().with("garp_master_repeat 2")
                .with("garp_master_delay 1").with("garp_master_refresh 2").with("garp_master_refresh_repeat 3"))
                .start(millis(6000))
                .differs("First refresh of announcements", atAnotherTime("GARP 10.1.0.51: 3 rounds"));
    }

    @Test
    @DisplayName("garp_lower_prio_repeat and garp_lower_prio_delay; lower_prio_no_advert sends no answer")
    void lowerPriority() {
        compare("announcements after a lower advertisement").conf(VirtualRouter.ipv4()
                .with("garp_lower_prio_repeat 2").with("garp_lower_prio_delay 1").with("garp_master_delay 0")
                .with("lower_prio_no_advert")).start(seconds(1))
                .then("a lower one", seconds(2),
                        stage -> stage.neighbourAfterAdvert().says(CraftedAdvert.ipv4(50))).expectSame();
    }

    @Test
    @DisplayName("vrrp_garp_interval: announcements apart from each other")
    void interval() {
        compare("vrrp_garp_interval").conf(Conf.of(VirtualRouter.ipv4().vip("10.1.0.52/24")
                .with("garp_master_repeat 2").with("garp_master_delay 0")).global("vrrp_garp_interval 0.5"))
                .start(millis(2600))
                .differs("`vrrp_garp_interval`", onlyVrrpd("GARP 10.1.0.52"), atAnotherTime("GARP 10.1.0.51"),
                        atAnotherTime("GARP 10.1.0.52"));
    }
}
