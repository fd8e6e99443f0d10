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

/** Peers one by one, and passwords. */
@Execution(ExecutionMode.CONCURRENT)
class CompareUnicastIT {

    private static final CraftedAdvert TO_US = CraftedAdvert.ipv4(200).to("10.1.0.1");

    private static VirtualRouter unicast(String... lines) {
        VirtualRouter instance = VirtualRouter.ipv4()
                .with("unicast_peer {\n        10.1.0.99\n        10.1.0.98\n    }");
        for (String line : lines) {
            instance.with(line);
        }
        return instance;
    }

    /** The neighbour does not answer ARP. */
    private static void knowPeers(Stage stage) {
        stage.router().ip("neigh add 10.1.0.99 lladdr " + CraftedAdvert.MAC + " dev eth0 nud permanent",
                "neigh add 10.1.0.98 lladdr " + CraftedAdvert.MAC + " dev eth0 nud permanent");
    }

    @Test
    @DisplayName("unicast: to each peer, yields and takes over, and any sender will do")
    void peers() {
        compare("unicast").given(CompareUnicastIT::knowPeers).conf(unicast("unicast_src_ip 10.1.0.1"))
                .start(seconds(1))
                .then("a peer", millis(500), stage -> stage.neighbour().advertises(TO_US))
                .then("goodbye", seconds(1), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.ipv4(0).to("10.1.0.1"));
                })
                .then("a stranger", seconds(1), stage -> stage.neighbour().says(TO_US.from("10.1.0.97"))).expectSame();
    }

    @Test
    @DisplayName("check_unicast_src: only peers are heard; unicast_ttl is the TTL")
    void strangers() {
        compare("check_unicast_src").given(CompareUnicastIT::knowPeers)
                .conf(unicast("check_unicast_src", "unicast_ttl 7")).start(seconds(1))
                .then("a stranger", millis(500), stage -> stage.neighbour().says(TO_US.from("10.1.0.97")))
                .then("a peer", millis(700), stage -> stage.neighbour().says(TO_US.ttl(3))).expectSame();
    }

    @Test
    @DisplayName("unicast to one whose multicast comes: not for it")
    void multicastToUnicast() {
        compare("multicast to unicast").given(CompareUnicastIT::knowPeers).conf(unicast()).start(seconds(1))
                .then("multicast", millis(500), stage -> stage.neighbour().says(CraftedAdvert.ipv4(200))).expectSame();
    }

    @Test
    @DisplayName("defect 13: down_timer_adverts 1 with unicast")
    void shortestDownTimer() {
        compare("down_timer_adverts 1").given(CompareUnicastIT::knowPeers).conf(unicast("down_timer_adverts 1"))
                .start(millis(700)).expectSame();
    }

    @Test
    @DisplayName("subtle 7: unicast after a fault announces its own address")
    void announcesItself() {
        compare("unicast after a fault").given(stage -> {
            knowPeers(stage);
            stage.cable("eth1");
        }).conf(unicast("track_interface {\n eth1\n }")).start(millis(700))
                .then("down", millis(700), stage -> stage.router().ip("link set eth1 down"))
                .then("up", seconds(1), stage -> stage.router().ip("link set eth1 up"))
                .differs("Priority 0 at a fault", onlyKeepalived("advert 51 priority 0 .*"));
    }

    @Test
    @DisplayName("defect 6: unicast_ttl without peers is none of multicast's business")
    void ttlWithoutPeers() {
        compare("unicast_ttl without peers").conf(VirtualRouter.ipv4().with("unicast_ttl 7")).start(seconds(1))
                .differs("`unicast_ttl` without `unicast_peer`", onlyVrrpd("advert 51 priority 100 .*10.1.0.1"));
    }

    @Test
    @DisplayName("PASS: only who knows the password is heard, eight characters of it")
    void password() {
        compare("PASS").conf(VirtualRouter.ipv4().version2()
                .with("authentication {\n        auth_type PASS\n        auth_pass longpassword\n    }"))
                .given(stage -> stage.neighbour().advertises(CraftedAdvert.version2(200).password("another1")))
                .start(millis(500))
                .then("the right one", seconds(4), stage -> {
                    stage.neighbour().fallsSilent();
                    stage.neighbour().says(CraftedAdvert.version2(200).password("longpass"));
                }).expectSame();
    }
}
