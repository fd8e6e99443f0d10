package org.vrrpd.daemon.control;

/**
 * A change that somebody asked for who may not.
 *
 * @param unrecorded refusals that were left out since the last one that was passed on
 */
public record Refusal(int uid, int pid, long unrecorded, String verb, String why) {}
