package org.vrrpd.proto.config;

/**
 * How a router elects and yields.
 *
 * @param preempt false: nopreempt
 * @param preemptDelayNanos 0 to 1000 s
 * @param downTimerAdverts intervals without an advertisement until the master counts as down, 1 to 100, usually 3
 * @param lowerPriorityNoAdvert a MASTER does not answer an advertisement that loses
 * @param higherPrioritySendAdvert a MASTER sends one more advertisement before it yields
 * @param ownerIgnoresAdvertisements the address owner discards whatever is received; false for everyone else
 * @param timerExpiredPriority timer_expired_backup: with which priority the lateness of own advertisements is judged,
 *     1 to 254; 0: it is not
 * @param strict what the RFC forbids is refused; the settings that follow from it are filled in already
 */
public record ElectionConfiguration(
        boolean preempt,
        long preemptDelayNanos,
        int downTimerAdverts,
        boolean lowerPriorityNoAdvert,
        boolean higherPrioritySendAdvert,
        boolean ownerIgnoresAdvertisements,
        int timerExpiredPriority,
        boolean strict) {}
