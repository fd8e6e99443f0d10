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

/**
 * SIGHUP. A reload may take its time, it has half a second. keepalived must not be missed meanwhile: it advertises
 * before and after, which is a difference in all of these.
 */
@Execution(ExecutionMode.CONCURRENT)
class CompareReloadIT {

    private static final String RELOAD = "Reload of a MASTER";
    private static final Deviation BESIDE = onlyKeepalived("advert 5[12] .*, out of turn");

    @Test
    @DisplayName("subtle 13: a master stays MASTER with another priority and another address")
    void master() {
        compare("reload of a master").conf(VirtualRouter.ipv4()).start(seconds(1))
                .then("reload", millis(1500), stage -> stage.reload(
                        Conf.of(VirtualRouter.ipv4().priority(150).vip("10.1.0.52/24"))))
                .within(millis(600)).differs(RELOAD, BESIDE, onlyKeepalived("\\+ eth0 inet 10.1.0.52/24 .*"),
                        onlyKeepalived("GARP 10.1.0.51, GARP 10.1.0.52: 5 rounds"),
                        onlyVrrpd("\\+ eth0 inet 10.1.0.52/24 .*"), onlyVrrpd("GARP 10.1.0.52: 5 rounds"));
    }

    @Test
    @DisplayName("a reload that removes an address, and one that changes nothing")
    void addressRemoved() {
        compare("reload without an address").conf(VirtualRouter.ipv4().vip("10.1.0.52/24")).start(seconds(1))
                .then("reload", millis(1500), stage -> stage.reload(Conf.of(VirtualRouter.ipv4())))
                .then("again", seconds(1), Stage::reload)
                .within(millis(600)).differs(RELOAD, BESIDE);
    }

    @Test
    @DisplayName("a reload that removes an instance: its goodbye")
    void instanceRemoved() {
        compare("reload without an instance")
                .conf(VirtualRouter.ipv4(), VirtualRouter.named("VI_2").vrid(52).vip("10.1.0.52/24"))
                .start(seconds(1))
                .then("reload", millis(1500), stage -> stage.reload(Conf.of(VirtualRouter.ipv4())))
                .within(millis(600)).differs(RELOAD, BESIDE);
    }

    @Test
    @DisplayName("notify_deleted: an instance that a reload removes is told as DELETED")
    void deleted() {
        removed("notify_deleted", VirtualRouter.named("VI_2").vrid(52).vip("10.1.0.52/24")
                .with("notify_deleted \"${HERE}/note deleted\""));
    }

    /** On its own: keepalived runs both at once, and either can be the first to say so. */
    @Test
    @DisplayName("notify_deleted: then notify is told DELETED too")
    void deletedForAll() {
        removed("notify beside notify_deleted", VirtualRouter.named("VI_2").vrid(52).vip("10.1.0.52/24")
                .with("notify ${HERE}/note").with("notify_deleted /bin/true"));
    }

    @Test
    @DisplayName("without notify_deleted it is told as FAULT")
    void removedAsFault() {
        removed("no notify_deleted", VirtualRouter.named("VI_2").vrid(52).vip("10.1.0.52/24")
                .with("notify ${HERE}/note").with("notify_fault \"${HERE}/note fault\""));
    }

    private static void removed(String title, VirtualRouter instance) {
        compare(title).conf(Conf.of(VirtualRouter.ipv4(), instance).global("script_user root")).start(millis(1300))
                .then("reload", millis(1500), stage -> stage.reload(
                        Conf.of(VirtualRouter.ipv4()).global("script_user root")))
                .within(millis(600)).differs(RELOAD, BESIDE);
    }
}
