package org.vrrpd.proto.core;

import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.GarpConfiguration;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/**
 * Our promise: a journal grows with what befalls the host and with the timers that are configured, and by nothing else.
 * Of all events the core brings DEADLINE_REACHED upon itself alone; all others are told, or answer an effect, and the
 * effects of one event are bounded by {@link LedgerInvariants}.
 */
public final class GrowthInvariants {

    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = 10 * SECOND;
    /** Readings of the kernel: one that is not answered or was overtaken by a change is looked at each 100 ms. */
    private static final int OF_ALL = 100;
    /** What is tried again after 100 ms, doubled each time: seven times in the window, and at once after news. */
    private static final int OF_RETRIES = 8;
    /** VMAC, two sockets, sysctls, firewall, and what was found on the interface. */
    private static final int RETRIED = 6;
    /** Active_Down_Timer, delays, graces, second sets of announcements. */
    private static final int OF_STATES = 10;

    private VrrpCore core;
    private long beganAt;
    private int deadlines;
    private long most;

    /** It was applied. */
    public void after(Event event, VrrpCore to, long now) {
        if (core != to || now - beganAt >= WINDOW) {
            core = to;
            beganAt = now;
            deadlines = 0;
            most = 0;
        }
        if (most == 0 || event.kind() == EventKind.CONFIGURATION_LOADED) {
            most = Math.max(most, most(core.view().configuration()));
        }
        deadlines += event.kind() == EventKind.DEADLINE_REACHED ? 1 : 0;
        if (deadlines > most) {
            throw new AssertionError("Expected at most " + most + " deadlines in 10 s, but found " + deadlines
                    + " in " + (now - beganAt) / 1_000_000 + " ms, after event " + event.sequence());
        }
    }

    private long most(Configuration configuration) {
        long sum = OF_ALL;
        if (configuration != null) {
            for (ScriptConfiguration script : configuration.scripts()) {
                sum += 2 * times(script.intervalNanos()); // its start, and its timeout
            }
            sum += (configuration.files().size() + configuration.processes().size()) * OF_RETRIES;
        }
        for (VirtualRouter router : core.routers()) {
            GarpConfiguration garp = router.configuration.garp();
            sum += times(router.configuration.advertisementIntervalNanos()) + OF_STATES
                    + (RETRIED + router.addresses.all().length) * OF_RETRIES
                    + times(garp.refreshNanos()) + times(garp.extraNanos())
                    + times(garp.garpIntervalNanos()) + times(garp.naIntervalNanos());
        }
        return sum;
    }

    /** 0: never. */
    private static long times(long period) {
        return period == 0 ? 0 : WINDOW / period + 1;
    }
}
