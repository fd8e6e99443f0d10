package org.vrrpd.system;

import static org.vrrpd.system.Comparison.compare;
import static org.vrrpd.system.Times.millis;
import static org.vrrpd.system.Times.seconds;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who is told of what, in which words and in which order. A script has half a second to come. */
@Execution(ExecutionMode.CONCURRENT)
class CompareNotifyIT {

    private static final CraftedAdvert HIGHER = CraftedAdvert.ipv4(200);

    private static VirtualRouter notified(VirtualRouter instance) {
        return instance.with("notify ${HERE}/note");
    }

    private static Conf asRoot(VirtualRouter... instances) {
        return Conf.of(instances).global("script_user root");
    }

    @Test
    @DisplayName("notify: BACKUP at the start, MASTER, BACKUP, FAULT and STOP, with name and priority")
    void states() {
        compare("notify").given(stage -> stage.cable("eth1"))
                .conf(asRoot(notified(VirtualRouter.ipv4()).with("track_interface {\n eth1\n }")))
                .start(millis(1300))
                .then("a higher one", seconds(1), stage -> stage.neighbour().advertises(HIGHER))
                .then("a fault", seconds(1), stage -> stage.router().ip("link set eth1 down"))
                .then("stopped", seconds(2), Stage::stop).within(millis(600)).expectSame();
    }

    @Test
    @DisplayName("notify_master and its like, with arguments of their own, and notify_master_rx_lower_pri")
    void scripts() {
        compare("notify scripts").conf(asRoot(VirtualRouter.ipv4()
                .with("notify_master \"${HERE}/note 'to master' a\"").with("notify_backup \"${HERE}/note backup\"")
                .with("notify_master_rx_lower_pri \"${HERE}/note lower\"").with("notify_stop \"${HERE}/note stop\"")))
                .start(millis(1300))
                .then("a lower one", seconds(1), stage -> stage.neighbourAfterAdvert().says(CraftedAdvert.ipv4(50)))
                .then("stopped", seconds(2), Stage::stop).within(millis(600)).expectSame();
    }

    @Test
    @DisplayName("vrrp_notify_fifo: a line for every change of state and priority")
    void pipe() {
        compare("vrrp_notify_fifo").given(stage -> {
            stage.cable("eth1");
            stage.readPipe("pipe");
        }).conf(asRoot(VirtualRouter.ipv4().with("track_interface {\n eth1 weight -30\n }"))
                .global("vrrp_notify_fifo ${HERE}/pipe").global("vrrp_notify_priority_changes"))
                .start(millis(1300))
                .then("a weight", seconds(1), stage -> stage.router().ip("link set eth1 down"))
                .then("a lower one", seconds(1), stage -> stage.neighbourAfterAdvert().says(CraftedAdvert.ipv4(50)))
                .then("stopped", seconds(2), Stage::stop).within(millis(600)).expectSame();
    }

    @Test
    @DisplayName("notify of a group: told once, after its members")
    void group() {
        Conf conf = Conf.raw("""
                vrrp_sync_group G {
                    group { VI_4 VI_2 }
                    notify ${HERE}/note
                }
                %s%s""".formatted(VirtualRouter.ipv4().text(),
                VirtualRouter.named("VI_2").vrid(52).vip("10.1.0.52/24").text())).global("script_user root");
        compare("notify of a group").conf(conf).start(millis(1300))
                .then("a higher one", seconds(1), stage -> stage.neighbour().advertises(HIGHER))
                .then("stopped", seconds(2), Stage::stop).within(millis(600)).expectSame();
    }
}
