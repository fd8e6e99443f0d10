package org.vrrpd.proto.config;

/**
 * Something whose state counts for an instance: an interface, a script, a file or a process.
 *
 * @param weight -253 to 253 (files and processes 254), that of the thing itself unless the instance gives another;
 *     0: failure is a fault (reverse: success is); positive: added while it is well; negative: added while it is not; a
 *     file's number is multiplied with it
 * @param reverse negates the contribution, or with weight 0 faults while it is well
 */
public record Tracked(String name, int weight, boolean reverse) {}
