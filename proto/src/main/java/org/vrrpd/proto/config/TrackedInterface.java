package org.vrrpd.proto.config;

/**
 * A link whose state counts for an instance.
 *
 * @param weight -253 to 253; 0: down is a fault (reverse: up is); positive: added while up; negative: added while down
 * @param reverse negates the contribution, or with weight 0 faults while the link is up
 */
public record TrackedInterface(String name, int weight, boolean reverse) {}
