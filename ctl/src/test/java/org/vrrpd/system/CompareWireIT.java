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

/** What is said and what is understood: versions, intervals, address lists, families. */
@Execution(ExecutionMode.CONCURRENT)
class CompareWireIT {

    @Test
    @DisplayName("subtle 4: version 3 takes the interval of its master, for Skew_Time as well")
    void learnedInterval() {
        // patient enough at the start for a neighbour that speaks every 400 ms
        compare("learned interval").conf(VirtualRouter.ipv4().with("down_timer_adverts 6"))
                .given(stage -> stage.neighbour().advertises(CraftedAdvert.ipv4(200).every(40))).start(seconds(1))
                .then("it is dead", millis(3500), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.ipv4(200).every(40));
                }).within(millis(100)).expectSame();
    }

    @Test
    @DisplayName("subtle 4: version 2 refuses another interval: two masters; and its Skew_Time is of a second")
    void refusedInterval() {
        compare("refused interval").conf(VirtualRouter.ipv4().version2())
                .given(stage -> stage.neighbour().advertises(CraftedAdvert.version2(200).every(200)))
                .start(millis(4500))
                .then("the right interval", seconds(2), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.version2(200));
                })
                .then("goodbye", seconds(1), stage -> stage.neighbour().says(CraftedAdvert.version2(0))).expectSame();
    }

    @Test
    @DisplayName("subtle 5: other virtual addresses: obeyed, where keepalived 2.2.7 makes two masters")
    void mixedAddresses() {
        compare("mixed address lists").conf(VirtualRouter.ipv4())
                .given(stage -> stage.neighbour().advertises(CraftedAdvert.ipv4(200).every(25).listing("10.1.0.77")))
                .start(millis(550))
                .differs("Advertisement that lists other addresses", onlyKeepalived("advert 51 .*"),
                        onlyKeepalived("\\+ eth0 inet 10.1.0.51/24 .*"), onlyKeepalived("GARP 10.1.0.51: 5 rounds"),
                        onlyKeepalived("VI_4 is MASTER"), onlyKeepalived("eth0 inet 10.1.0.51/24 .*"),
                        onlyKeepalived("local 10.1.0.51 .*"));
    }

    @Test
    @DisplayName("defect 1: rejected advertisements silence a keepalived that is MASTER, and not vrrpd")
    void junk() {
        compare("rejected advertisements").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("junk", seconds(1), stage -> stage.neighbour().advertises(
                        CraftedAdvert.ipv4(200).ttl(64).every(3)))
                .then("no junk", seconds(1), stage -> stage.neighbour().fallsSilent())
                .differs("Invalid packets", onlyKeepalived("no more: advert 51 .*"),
                        onlyKeepalived("advert 51 .*, again"));
    }

    @Test
    @DisplayName("subtle 12: IPv6 advertisements, addresses and neighbour advertisements of a router that forwards")
    void ipv6() {
        compare("IPv6").conf(VirtualRouter.ipv6().vip("2001:db8::51/64").vip("2001:db8::52/128"))
                .start(seconds(1))
                .then("a higher one", millis(500), stage -> stage.neighbour().says(
                        CraftedAdvert.ipv6(200).listing("fe80::51", "2001:db8::51", "2001:db8::52")))
                .differs("Addresses on release", onlyKeepalived("- eth0 inet6 .*::51/64 .*"),
                        onlyVrrpd("- eth0 inet6 .*::51/64 .*"));
    }

    @Test
    @DisplayName("IPv6 of a router that does not forward: the router flag is set all the same")
    void ipv6WithoutForwarding() {
        compare("IPv6 without forwarding").conf(VirtualRouter.ipv6())
                .given(stage -> stage.router().sysctl("net.ipv6.conf.all.forwarding=0",
                        "net.ipv6.conf.eth0.forwarding=0")).start(seconds(1))
                .differs("Router flag of neighbour advertisements", onlyKeepalived("NA override fe80.*: 5 rounds"),
                        onlyVrrpd("NA router override fe80.*: 5 rounds"));
    }

    @Test
    @DisplayName("version 2 over IPv4, every field")
    void version2() {
        compare("version 2").conf(VirtualRouter.ipv4().version2().vip("10.1.0.52")).start(seconds(5)).expectSame();
    }

    @Test
    @DisplayName("use_vmac: who sends what by which MAC, and what the interfaces hold")
    void virtualMac() {
        compare("use_vmac").conf(VirtualRouter.ipv4().with("use_vmac")).start(seconds(1))
                .then("stopped", seconds(1), Stage::stop).expectSame();
    }

    @Test
    @DisplayName("use_vmac and vmac_xmit_base for IPv6")
    void virtualMacOfIpv6() {
        compare("use_vmac for IPv6").conf(VirtualRouter.ipv6().with("use_vmac").with("vmac_xmit_base"))
                .start(seconds(1)).then("stopped", seconds(1), Stage::stop).expectSame();
    }
}
