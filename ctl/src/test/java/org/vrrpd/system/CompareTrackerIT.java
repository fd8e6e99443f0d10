package org.vrrpd.system;

import static org.vrrpd.system.Comparison.compare;
import static org.vrrpd.system.Deviation.onlyKeepalived;
import static org.vrrpd.system.Deviation.onlyVrrpd;
import static org.vrrpd.system.Times.millis;
import static org.vrrpd.system.Times.seconds;

import java.io.File;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scripts and files that make FAULT or change the priority. A script runs once a second: so much may times differ. */
@Execution(ExecutionMode.CONCURRENT)
class CompareTrackerIT {

    /** Of {@code Priority 0 at a fault}. */
    private static final Deviation SECOND_GOODBYE = onlyKeepalived("advert 51 priority 0 .*");

    private static Conf script(String lines, String tracking) {
        return Conf.raw("""
                vrrp_script check {
                    script "/bin/cat ${HERE}/ok"
                    interval 1
                    %s
                }
                %s
                """.formatted(lines,
                VirtualRouter.ipv4().with("track_script {\n        " + tracking + "\n    }").text()))
                .global("script_user root");
    }

    private static void ok(Stage stage, boolean ok) {
        if (ok) {
            stage.write("ok", "");
        } else {
            new File(stage.here().toFile(), "ok").delete();
        }
    }

    @Test
    @DisplayName("subtle 8: without weight one success is enough at the start; fall and rise count from then on")
    void fault() {
        compare("script without weight").given(stage -> ok(stage, true))
                .conf(script("fall 2\n rise 2", "check")).start(seconds(1))
                .then("it fails", seconds(4), stage -> ok(stage, false))
                .then("it succeeds", seconds(5), stage -> ok(stage, true)).within(millis(1300))
                .differs("Before a script's first result", onlyVrrpd("VI_4 is FAULT"), SECOND_GOODBYE);
    }

    @Test
    @DisplayName("subtle 8: a script that fails at the start is a fault at once")
    void failsAtStart() {
        compare("script that fails at the start").conf(script("fall 3\n rise 1", "check")).start(seconds(1))
                .then("it succeeds", seconds(3), stage -> ok(stage, true)).within(millis(1300))
                .differs("Before a script's first result", onlyVrrpd("VI_4 is FAULT"));
    }

    @Test
    @DisplayName("subtle 9: a positive weight counts while the script succeeds")
    void weights() {
        compare("script with a weight").given(stage -> {
            ok(stage, true);
            stage.neighbour().advertises(CraftedAdvert.ipv4(200));
        }).conf(script("weight -50", "check weight 40")).start(millis(1500))
                .then("alone", seconds(1), stage -> stage.neighbour().fallsSilent())
                .then("it fails", seconds(2), stage -> ok(stage, false)).within(millis(1300)).expectSame();
    }

    private static Conf file(String tracking) {
        return Conf.raw("""
                track_file number {
                    file ${HERE}/number
                }
                %s
                """.formatted(VirtualRouter.ipv4().with("track_file {\n        " + tracking + "\n    }").text()));
    }

    @Test
    @DisplayName("subtle 9: the number in a file times the weight; −254 is a fault, and no file counts as 0")
    void numbers() {
        compare("file").given(stage -> stage.write("number", "-10")).conf(file("number weight 2")).start(seconds(1))
                .then("20", millis(500), stage -> stage.write("number", "20"))
                .then("-127", millis(700), stage -> stage.write("number", "-127"))
                .then("no file", seconds(1), stage -> new File(stage.here().toFile(), "number").delete())
                .differs("Priority 0 at a fault", SECOND_GOODBYE);
    }

    @Test
    @DisplayName("subtle 9: reverse, and a number that is none")
    void reversedNumbers() {
        compare("reversed file").given(stage -> stage.write("number", "30"))
                .conf(file("number weight 1 reverse")).start(seconds(1))
                .then("words", millis(500), stage -> stage.write("number", "not a number"))
                .then("-300", millis(500), stage -> stage.write("number", "-300")).expectSame();
    }
}
